package com.oceanbase.odp.sql;

/**
 * Where summaries come from. A cache may answer with the summary of an earlier equal text and mode; the text may not be kept, its buffer
 * is reused.
 */
@FunctionalInterface
public interface SummaryCache {
    /** Makes every summary anew. */
    SummaryCache NONE = StatementSummarizer::summarize;

    StatementSummary summarize(byte[] text, int offset, int length, SqlMode mode);
}
