/** Scripted peers: a server whose every step a test gives, and a client that speaks plain MySQL packets. */
@NullMarked
package com.oceanbase.odp.testkit.script;

import org.jspecify.annotations.NullMarked;
