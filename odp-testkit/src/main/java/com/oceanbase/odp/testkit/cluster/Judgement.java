package com.oceanbase.odp.testkit.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node leads the partitions of a statement, asked once every command before it is answered: only then are the
 * session's database and variables those in which it is executed. Guarded by the lock of its session.
 */
final class Judgement {

    private final Supplier<@Nullable CompletableFuture<Boolean>> question;
    private boolean asked;
    private @Nullable CompletableFuture<Boolean> verdict;

    /** @param question gives whether it is a hit, in the future, or null if nobody can judge; must not block */
    Judgement(Supplier<@Nullable CompletableFuture<Boolean>> question) {
        this.question = question;
    }

    /** The statement's turn has come. */
    void ask() {
        if (!asked) {
            asked = true;
            verdict = question.get();
        }
    }

    /** True in the future for a hit; null if nobody judges. */
    @Nullable
    CompletableFuture<Boolean> verdict() {
        ask();
        return verdict;
    }
}
