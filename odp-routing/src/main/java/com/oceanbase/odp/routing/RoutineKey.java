package com.oceanbase.odp.routing;

/**
 * A routine as CALL names it. Two names {@code a.b} may be package and routine or database and routine: the package of
 * the current database is looked for first, then the database.
 *
 * @param database database named first of three, else the current one
 * @param qualifier name before the routine's: package or database; empty if none was written
 * @param routine name of the routine
 * @param databaseNamed whether the statement named the database, with three names
 */
public record RoutineKey(
        String cluster, String tenant, String database, String qualifier, String routine, boolean databaseNamed)
        implements LocationKey {
    @Override
    public String toString() {
        return cluster + ':' + tenant + ':' + database + '.' + (qualifier.isEmpty() ? "" : qualifier + '.') + routine;
    }
}
