package com.oceanbase.odp.routing;

/**
 * What the location cache has done since the proxy started, and what it holds now.
 *
 * @param tables tables and routines remembered
 * @param bytes estimated memory of what is remembered
 * @param hits looks that found something to use
 * @param misses looks that found nothing, or only what a server had contradicted
 * @param tableFetches fetches of tables begun
 * @param partitionFetches fetches of partitions begun, of up to 256 partitions each
 * @param routineFetches fetches of routines begun
 * @param failures fetches that brought nothing
 * @param contradictions locations that a server proved wrong
 */
public record LocationStatistics(
        long tables,
        long bytes,
        long hits,
        long misses,
        long tableFetches,
        long partitionFetches,
        long routineFetches,
        long failures,
        long contradictions) {}
