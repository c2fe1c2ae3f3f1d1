package com.oceanbase.odp.sql.template;

import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.access.StatementAccess;

/** What is known of a text. Immutable; equal to what {@code StatementSummarizer} and {@code AccessParser} find in that very text. */
public record StatementTemplate(StatementSummary summary, StatementAccess access) {}
