package com.oceanbase.odp.testkit.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Everything that the nodes of a cluster received, in order of arrival, oldest entries dropped beyond limits of
 * number and of text.
 *
 * <p>Thread safe. A {@link Mark} taken before an action makes {@link #since} show only what the action caused.
 */
public final class Journal {

    private static final int LIMIT = 100_000;
    private static final long TEXT_LIMIT = 32L << 20;
    private static final String INNER_USER = "proxyro";

    /** A place in the journal. */
    public record Mark(long number) {}

    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    private long nextNumber = 1;
    private long textLength;

    JournalEntry add(JournalEntry.Source source, String command, String text) {
        synchronized (entries) {
            JournalEntry entry = new JournalEntry(nextNumber++, source, command, text);
            entries.addLast(entry);
            textLength += text.length();
            while (entries.size() > LIMIT || textLength > TEXT_LIMIT && entries.size() > 1) {
                textLength -= entries.removeFirst().text().length();
            }
            entries.notifyAll();
            return entry;
        }
    }

    /** The place behind the newest entry. */
    public Mark mark() {
        synchronized (entries) {
            return new Mark(nextNumber);
        }
    }

    /** Forgets everything. */
    public void clear() {
        synchronized (entries) {
            entries.clear();
            textLength = 0;
        }
    }

    /** Everything still remembered. */
    public View all() {
        return since(new Mark(0));
    }

    /** What one node received; nodes count from 1. */
    public View of(int node) {
        return all().of(node);
    }

    /** What came after a mark. */
    public View since(Mark mark) {
        List<JournalEntry> newest = new ArrayList<>();
        synchronized (entries) {
            for (Iterator<JournalEntry> it = entries.descendingIterator(); it.hasNext(); ) {
                JournalEntry entry = it.next();
                if (entry.number() < mark.number) {
                    break;
                }
                newest.add(entry);
            }
        }
        return new View(newest.reversed());
    }

    /**
     * Waits until an entry that was added at or after the mark matches.
     *
     * @throws IllegalStateException if none came in time, with what did come
     */
    public JournalEntry await(Mark mark, Predicate<JournalEntry> filter, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (entries) {
            while (true) {
                View view = since(mark);
                for (JournalEntry entry : view.entries()) {
                    if (filter.test(entry)) {
                        return entry;
                    }
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException("no such entry within " + limit + ", but\n" + view);
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(entries, Math.max(left, 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while waiting for the journal", e);
                }
            }
        }
    }

    /** Entries with filters that can be chained; a copy that does not change any more. */
    public record View(List<JournalEntry> entries) {

        public View {
            entries = List.copyOf(entries);
        }

        public View where(Predicate<JournalEntry> filter) {
            return new View(entries.stream().filter(filter).toList());
        }

        /** What one node received; nodes count from 1. */
        public View of(int node) {
            return where(entry -> entry.node() == node);
        }

        /** What one session of a node received. */
        public View session(long session) {
            return where(entry -> entry.session() == session);
        }

        /** Only sessions of this user, given without tenant. */
        public View user(String name) {
            return where(entry -> entry.userName().equals(name));
        }

        /** Without the sessions of the proxy's own inner user proxyro. */
        public View withoutInner() {
            return where(entry -> !entry.userName().equals(INNER_USER));
        }

        /** Only one kind of command, by its name, such as {@code QUERY} or {@code STMT_EXECUTE}. */
        public View command(String name) {
            return where(entry -> entry.command().equals(name));
        }

        /** Only entries whose text contains this, ignoring case. */
        public View containing(String part) {
            String wanted = part.toLowerCase(Locale.ROOT);
            return where(entry -> entry.text().toLowerCase(Locale.ROOT).contains(wanted));
        }

        /** The texts of everything that has one: statements and database names. */
        public List<String> texts() {
            return entries.stream()
                    .map(JournalEntry::text)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }

        /** The texts of COM_QUERY only. */
        public List<String> queries() {
            return command("QUERY").texts();
        }

        public int count() {
            return entries.size();
        }

        public boolean isEmpty() {
            return entries.isEmpty();
        }

        /** One line for each entry. */
        @Override
        public String toString() {
            List<String> lines = new ArrayList<>();
            entries.forEach(entry -> lines.add(entry.toString()));
            return String.join("\n", lines);
        }
    }
}
