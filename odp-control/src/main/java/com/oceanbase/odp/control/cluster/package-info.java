/** Keeps the views of clusters and tenants and the locations of tables up to date by inner statements. */
@NullMarked
package com.oceanbase.odp.control.cluster;

import org.jspecify.annotations.NullMarked;
