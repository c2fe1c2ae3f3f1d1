package com.oceanbase.odp.benchmark.report;

import java.util.Map;

/** What a scenario has brought. */
public sealed interface Report permits ScenarioReport, ScaleReport {
    /** Name of the scenario. */
    String scenario();

    /** The table for people. */
    String table();

    /** The figures for machines. */
    Map<String, Object> json();

    /** Requests that ended with an error. */
    long errors();
}
