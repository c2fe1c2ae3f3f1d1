/** The control plane as a whole: clusters, tenants and locations behind the interfaces that sessions use. */
@NullMarked
package com.oceanbase.odp.control;

import org.jspecify.annotations.NullMarked;
