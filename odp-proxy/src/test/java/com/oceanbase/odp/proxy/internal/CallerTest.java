package com.oceanbase.odp.proxy.internal;

import static com.oceanbase.odp.common.error.ErrorCode.NOT_THREAD_OWNER;
import static com.oceanbase.odp.common.error.ErrorCode.UNKNOWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.proxy.login.AccountName;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerTest {
    private static final long OWN = 7;
    private static final long OTHER = 8;
    private static final long SUPER = 1L << 14;
    private static final long PROCESS = 1L << 15;

    private static AccountName account(String name) {
        return AccountName.parse(name, List.of(":"));
    }

    private static Caller caller(String name, long privileges) {
        return new Caller(OWN, account(name), privileges);
    }

    @Test
    void proxyAdministratorMayDoEverything() {
        Caller caller = caller("root@proxysys", 0);

        assertThat(caller.isAdministrator()).isTrue();
        assertThat(caller.seesProcess(account("u@t#c"))).isTrue();
        assertThat(caller.seesProcess(null)).isTrue();
        assertThat(caller.seesSession(OTHER, null)).isTrue();
        assertThat(caller.refusalToEnd(OTHER, account("u@t#c"))).isNull();
        assertThat(caller.refusalToStop(OTHER, account("u@t#c"))).isNull();
    }

    @Test
    void sysTenantEndsSessionsOfItsClusterOnly() {
        Caller caller = caller("any@sys#c", 0);

        assertThat(caller.refusalToEnd(OTHER, account("u@t#c"))).isNull();
        assertThat(caller.refusalToEnd(OTHER, account("u@t#d"))).isEqualTo(NOT_THREAD_OWNER);
        assertThat(caller.seesProcess(account("u@t#d"))).isTrue();
        assertThat(caller.seesSession(OTHER, account("u@t#d"))).isTrue();
    }

    @Test
    void sysTenantHasNoSpecialRightToStopStatements() {
        Caller caller = caller("any@sys#c", SUPER);

        assertThat(caller.refusalToStop(OTHER, account("u@t#c"))).isEqualTo(UNKNOWN_THREAD);
        assertThat(caller.refusalToStop(OTHER, account("u@sys#c"))).isNull();
    }

    @Test
    void ordinaryUserNeedsSuperForOthersOfHisTenant() {
        assertThat(caller("u@t#c", 0).refusalToEnd(OTHER, account("u@t#c"))).isNull();
        assertThat(caller("u@t#c", PROCESS).refusalToEnd(OTHER, account("v@t#c")))
                .isEqualTo(NOT_THREAD_OWNER);
        assertThat(caller("u@t#c", SUPER).refusalToEnd(OTHER, account("v@t#c"))).isNull();
        assertThat(caller("u@t#c", PROCESS).refusalToStop(OTHER, account("v@t#c")))
                .isEqualTo(NOT_THREAD_OWNER);
    }

    @Test
    void otherTenantsSeemNotToExist() {
        Caller caller = caller("u@t#c", SUPER | PROCESS);

        assertThat(caller.refusalToEnd(OTHER, account("u@t2#c"))).isEqualTo(UNKNOWN_THREAD);
        assertThat(caller.refusalToEnd(OTHER, account("u@t#c2"))).isEqualTo(UNKNOWN_THREAD);
        assertThat(caller.refusalToEnd(OTHER, null)).isEqualTo(UNKNOWN_THREAD);
        assertThat(caller.seesProcess(account("u@t2#c"))).isFalse();
        assertThat(caller.seesProcess(null)).isFalse();
    }

    @Test
    void processPrivilegeWidensTheProcessListButNotTheSessionList() {
        Caller caller = caller("u@t#c", PROCESS);

        assertThat(caller.seesProcess(account("v@t#c"))).isTrue();
        assertThat(caller("u@t#c", SUPER).seesProcess(account("v@t#c"))).isFalse();
        assertThat(caller.seesSession(OTHER, account("u@t#c"))).isFalse();
        assertThat(caller.seesSession(OWN, account("u@t#c"))).isTrue();
    }

    @Test
    void everybodyMayEndHimself() {
        assertThat(caller("u@t#c", 0).refusalToEnd(OWN, account("u@t#c"))).isNull();
    }

    @Test
    void administratorsAreTheRootsOnly() {
        assertThat(caller("root@sys#c", 0).isAdministrator()).isTrue();
        assertThat(caller("u@sys#c", 0).isAdministrator()).isFalse();
        assertThat(caller("root@t#c", 0).isAdministrator()).isFalse();
        assertThat(caller("inspector@proxysys", 0).isAdministrator()).isFalse();
    }
}
