package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.packet.ObCapabilities;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import java.io.InputStream;

/**
 * OceanBase 2.0 on both sides of a node session, from the login on if the kernel grants it: the MySQL bytes in between
 * are what the node works on. Request ids, flags and extra info pass from side to side; where frames are cut does not.
 * Thread safe.
 */
final class Ob20Relay {

    private final Ob20Input fromClient;
    private final Ob20Input fromKernel;
    private final Ob20Framing requests = new Ob20Framing();
    private final Ob20Framing responses = new Ob20Framing();
    private boolean granted;
    private Ob20Frame told = Ob20Frame.NONE;

    Ob20Relay(InputStream client, InputStream kernel) {
        this.fromClient = new Ob20Input(client);
        this.fromKernel = new Ob20Input(kernel);
    }

    Ob20Input fromClient() {
        return fromClient;
    }

    Ob20Input fromKernel() {
        return fromKernel;
    }

    boolean isActive() {
        return fromKernel.isActive();
    }

    /** The kernel's answer to the login. */
    void loginAnswered(OkPacket ok) {
        for (Variable variable : ok.changes().systemVariables()) {
            if (variable.name().equals("ob_capability_flag")) {
                granted = ObCapabilities.has(Long.parseLong(variable.value()), ObCapabilities.OB_PROTOCOL_V2);
            }
        }
    }

    /** The answer to the login is about to go to the client: all that follows, either way, is framed. */
    void switchOver() {
        if (granted && !isActive()) {
            fromClient.activate();
            fromKernel.activate();
        }
    }

    /** A request of the client begins, the one of the frame read last. Returns its id. */
    synchronized int beginRequest() {
        Ob20Frame frame = fromClient.lastFrame();
        requests.begin(frame.header().connectionId(), frame.header().requestId(), 0);
        requests.tell(frame.header().flags(), frame.extraInfo());
        return frame.header().requestId();
    }

    /** Bytes of the request for the kernel. */
    synchronized byte[] request(byte[] mysql) {
        return isActive() ? requests.frame(mysql, true) : mysql;
    }

    /** The kernel wants a file: the client's frames go on counting behind this. */
    synchronized void fileWanted() {
        requests.sequence(fromKernel.lastFrame().header().sequence() + 1);
    }

    /** Bytes of the response to this request for the client. */
    synchronized byte[] response(int requestId, byte[] mysql, boolean last) {
        if (!isActive() || mysql.length == 0) {
            return mysql;
        }
        if (requestId != responses.requestId()) {
            responses.begin(fromClient.lastFrame().header().connectionId(), requestId, 1);
        }
        Ob20Frame kernels = fromKernel.lastFrame();
        if (kernels != told && kernels.header().requestId() == requestId) {
            told = kernels;
            responses.tell(kernels.header().flags(), kernels.extraInfo());
        }
        return responses.frame(mysql, last);
    }
}
