package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.partition.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One domain for each column of a table and one for the partition expression of each level; a row matters only if each of its values is in
 * the domain. The array is never changed.
 *
 * @param filters conditions that say nothing about single values, but can be checked for a row of values; see {@link Filter}
 */
public record Box(Domain[] domains, List<Filter> filters) {
    /** All rows of a table with this many domains. */
    public static Box all(int count) {
        Domain[] domains = new Domain[count];
        Arrays.fill(domains, Domain.Any.INSTANCE);
        return new Box(domains, List.of());
    }

    /** The same with a condition to check. */
    Box with(Filter filter) {
        return new Box(domains, List.of(filter));
    }

    /** Domain of a column. */
    public Domain domain(int column) {
        return domains[column];
    }

    /** The same with another domain of one column. */
    public Box with(int column, Domain domain) {
        Domain[] copy = domains.clone();
        copy[column] = domain;
        return new Box(copy, filters);
    }

    /** Whether no row can match. */
    public boolean isEmpty() {
        for (Domain domain : domains) {
            if (domain instanceof Domain.None) {
                return true;
            }
        }
        return false;
    }

    /** Rows that are in both. */
    public Box intersect(Box other, List<ColumnType> types) {
        Domain[] met = new Domain[domains.length];
        for (int i = 0; i < met.length; i++) {
            met[i] = Domain.intersect(types.get(i), domains[i], other.domains[i]);
        }
        List<Filter> both = filters.isEmpty() ? other.filters : filters;
        if (!filters.isEmpty() && !other.filters.isEmpty()) {
            both = new ArrayList<>(filters);
            both.addAll(other.filters);
        }
        return new Box(met, List.copyOf(both));
    }

    /** The only column that is limited, -1 if there is none or are several. */
    int onlyLimited() {
        int found = -1;
        if (!filters.isEmpty()) {
            return found;
        }
        for (int i = 0; i < domains.length; i++) {
            if (!(domains[i] instanceof Domain.Any)) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Box(Domain[] others, List<Filter> otherFilters)
                && Arrays.equals(domains, others)
                && filters.equals(otherFilters);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(domains);
    }

    @Override
    public String toString() {
        return Arrays.toString(domains);
    }
}
