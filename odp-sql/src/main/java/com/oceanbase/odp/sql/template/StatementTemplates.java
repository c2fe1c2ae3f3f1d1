package com.oceanbase.odp.sql.template;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummarizer;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Summary and access of texts, kept for those that come again with other literals. A text is read once to find its literals; what is kept is
 * used only when everything else is the same, byte by byte, blanks and hints included, under the same mode. Other comments may differ, as
 * ids of traces do; one that names servers may not. Templates that were used last for texts with the same beginning are compared without
 * reading what is between the literals. A text is kept when it comes for the second time. What was used least recently makes room when the memory is full. For one thread; no locks, and nothing is allocated
 * when a text is found.
 */
public final class StatementTemplates {
    /** Longer texts are not kept. */
    private static final int LONGEST = 1 << 16;

    /** Texts whose literals are part of the summary are kept up to this length, each with its literals. */
    private static final int LONGEST_FIXED = 512;

    private static final int MOST_FIXED = 8;

    /** Places that a hash may have. */
    private static final int WAYS = 4;

    private static final int EXPECTED_BYTES = 2048;
    private static final int[] NONE_FIXED = {};

    private final TemplateScan scan = new TemplateScan();
    private final @Nullable KeptTemplate[] places;

    /** What is tried first, by the beginning of the text. */
    private final @Nullable KeptTemplate[] likely;

    private final long[] seen;
    private final long mostBytes;
    private long bytes;
    private int hand;
    private long lookups;
    private long hits;

    /** @param mostBytes memory for what is kept, estimated; at least one text is kept */
    public StatementTemplates(long mostBytes) {
        this.mostBytes = mostBytes;
        long wanted = Math.clamp(mostBytes / EXPECTED_BYTES, 16, 1 << 20);
        int size = Integer.highestOneBit((int) wanted) << 1;
        this.places = new KeptTemplate[size];
        this.likely = new KeptTemplate[size];
        this.seen = new long[size];
    }

    /**
     * What is known of {@code length} bytes of {@code text}, which are in the character set of the connection. Fills {@code slots} with the
     * literals of the text, to which the access refers.
     */
    public StatementTemplate find(byte[] text, int offset, int length, SqlMode mode, LiteralSlots slots) {
        lookups++;
        if (length > LONGEST) {
            return parse(text, offset, length, mode, slots);
        }
        KeptTemplate known = likely(text, offset, length, mode, slots);
        if (known != null) {
            return used(known);
        }
        if (!scan.scan(text, offset, length, mode, slots)) {
            return parse(text, offset, length, mode, slots);
        }
        long hash = scan.hash();
        int bucket = bucket(hash);
        for (int way = 0; way < WAYS; way++) {
            KeptTemplate kept = places[bucket + way];
            if (kept != null && kept.hash == hash && kept.matches(text, offset, length, mode, scan)) {
                makeLikely(kept);
                return used(kept);
            }
        }
        StatementTemplate template = parse(text, offset, length, mode, slots);
        if (isSecond(hash)) {
            keep(template, offset, length, slots);
        }
        return template;
    }

    private StatementTemplate used(KeptTemplate kept) {
        kept.used = lookups;
        hits++;
        return kept.template;
    }

    private @Nullable KeptTemplate likely(byte[] text, int offset, int length, SqlMode mode, LiteralSlots slots) {
        long prefix = TemplateScan.prefix(text, offset, length);
        int bucket = bucket(prefix);
        for (int place = bucket; place < bucket + WAYS; place++) {
            KeptTemplate kept = likely[place];
            if (kept != null
                    && kept.prefix == prefix
                    && kept.isOf(mode)
                    && scan.follow(kept, text, offset, length, mode, slots)
                    && kept.hasFixed(text, scan)) {
                if (place > bucket) {
                    likely[place] = likely[place - 1];
                    likely[place - 1] = kept;
                }
                return kept;
            }
        }
        return null;
    }

    /** Puts it last in its bucket; what is found there moves ahead. */
    private void makeLikely(KeptTemplate kept) {
        int bucket = bucket(kept.prefix);
        int last = bucket + WAYS - 1;
        for (int place = bucket; place < last; place++) {
            if (likely[place] == kept || likely[place] == null && kept.isFollowed()) {
                likely[place] = kept;
                return;
            }
        }
        likely[last] = kept.isFollowed() ? kept : likely[last];
    }

    private static StatementTemplate parse(byte[] text, int offset, int length, SqlMode mode, LiteralSlots slots) {
        StatementAccess access = AccessParser.parse(text, offset, length, mode, slots);
        return new StatementTemplate(StatementSummarizer.summarize(text, offset, length, mode), access);
    }

    private int bucket(long hash) {
        return (int) hash & places.length - 1 & -WAYS;
    }

    /** Whether a text with this hash came before; notes that it did. */
    private boolean isSecond(long hash) {
        int at = (int) (hash >>> 32) & seen.length - 1;
        if (seen[at] == hash) {
            return true;
        }
        seen[at] = hash;
        return false;
    }

    private void keep(StatementTemplate template, int offset, int length, LiteralSlots slots) {
        int[] fixed = fixedHoles(template, length);
        if (fixed == null) {
            return;
        }
        KeptTemplate kept = new KeptTemplate(template, offset, length, scan, slots, fixed);
        kept.used = lookups;
        int place = oldest(bucket(kept.hash));
        remove(place);
        places[place] = kept;
        bytes += kept.bytes();
        while (bytes > mostBytes && evict(place)) {
            // Until there is room.
        }
    }

    /** The holes on which the template depends; null if it must not be kept. */
    private int @Nullable [] fixedHoles(StatementTemplate template, int length) {
        int holes = scan.holes();
        return switch (dependence(template.summary())) {
            case NONE ->
                template.access().fixedLiterals().isEmpty()
                        ? NONE_FIXED
                        : holesOf(template.access().fixedLiterals());
            case ALL -> {
                if (holes > MOST_FIXED || length > LONGEST_FIXED) {
                    yield null;
                }
                int[] all = new int[holes];
                for (int i = 0; i < holes; i++) {
                    all[i] = i;
                }
                yield all;
            }
            case UNKNOWN -> null;
        };
    }

    /** Holes of literals by their slots: comments have none. */
    private int[] holesOf(List<Integer> slots) {
        int[] found = new int[slots.size()];
        int size = 0;
        int slot = 0;
        for (int hole = 0; hole < scan.holes(); hole++) {
            if (scan.kinds()[hole] != TemplateScan.COMMENT && slots.contains(slot++)) {
                found[size++] = hole;
            }
        }
        return Arrays.copyOf(found, size);
    }

    /** On which literals a summary may depend. */
    private enum Dependence {
        NONE,
        ALL,
        UNKNOWN
    }

    /**
     * Of queries, writes and CALL the summarizer looks at names, words and hints only, unless they are commands of the proxy, whose arguments
     * it keeps. Values of SET, names of savepoints and the like may be literals.
     */
    private static Dependence dependence(StatementSummary summary) {
        if (summary.proxyCommand() != null) {
            return Dependence.UNKNOWN;
        }
        if (summary.isMulti()) {
            for (StatementKind kind : StatementKind.values()) {
                if (summary.contains(kind) && !isIndependent(kind)) {
                    return Dependence.UNKNOWN;
                }
            }
        }
        if (isIndependent(summary.kind())) {
            return summary.detail() == null ? Dependence.NONE : Dependence.UNKNOWN;
        }
        return switch (summary.kind()) {
            case BEGIN, START_TRANSACTION, COMMIT, ROLLBACK, SAVEPOINT, ROLLBACK_TO, RELEASE_SAVEPOINT ->
                Dependence.ALL;
            case SET, USE, SHOW, EXECUTE -> Dependence.ALL;
            default -> Dependence.UNKNOWN;
        };
    }

    private static boolean isIndependent(StatementKind kind) {
        return switch (kind) {
            case SELECT, TABLE, VALUES, INSERT, REPLACE, UPDATE, DELETE, MERGE, CALL -> true;
            default -> false;
        };
    }

    /** The place of a bucket that is free, or else was used least recently. */
    private int oldest(int bucket) {
        int oldest = bucket;
        long used = Long.MAX_VALUE;
        for (int place = bucket; place < bucket + WAYS; place++) {
            KeptTemplate kept = places[place];
            if (kept == null) {
                return place;
            }
            if (kept.used < used) {
                used = kept.used;
                oldest = place;
            }
        }
        return oldest;
    }

    /** Removes the least recently used one of the next few buckets that hold something; false if there is none but {@code newest}. */
    private boolean evict(int newest) {
        int victim = -1;
        int candidates = 0;
        for (int step = 0; step < places.length && candidates < 2 * WAYS; step++) {
            hand = hand + 1 & places.length - 1;
            KeptTemplate kept = places[hand];
            if (kept != null && hand != newest) {
                candidates++;
                KeptTemplate worst = victim < 0 ? null : places[victim];
                if (worst == null || kept.used < worst.used) {
                    victim = hand;
                }
            }
        }
        if (victim < 0) {
            return false;
        }
        remove(victim);
        return true;
    }

    private void remove(int place) {
        KeptTemplate kept = places[place];
        if (kept != null) {
            bytes -= kept.bytes();
            places[place] = null;
            int bucket = bucket(kept.prefix);
            for (int i = bucket; i < bucket + WAYS; i++) {
                likely[i] = likely[i] == kept ? null : likely[i];
            }
        }
    }

    /** Texts that were asked for. */
    public long lookups() {
        return lookups;
    }

    /** Texts that were found. */
    public long hits() {
        return hits;
    }

    /** Memory that is used for what is kept, estimated. */
    public long bytes() {
        return bytes;
    }
}
