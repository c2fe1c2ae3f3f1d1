/** The OceanBase 2.0 protocol: MySQL packets in checked frames that name their connection and request. */
@NullMarked
package com.oceanbase.odp.protocol.ob20;

import org.jspecify.annotations.NullMarked;
