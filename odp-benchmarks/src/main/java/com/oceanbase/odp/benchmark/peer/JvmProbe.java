package com.oceanbase.odp.benchmark.peer;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Looks into a JVM of this machine from outside: nothing has to be prepared in it, and it works only when asked, which is
 * at both ends of a measurement. Of its threads those named {@code odp-} count.
 */
public final class JvmProbe implements AutoCloseable {
    private static final String OWN_THREADS = "odp-";
    private static final String DIRECT_MEMORY = "java.nio:type=BufferPool,name=direct";

    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;
    private final BufferPoolMXBean direct;
    private final CompilationMXBean compilers;

    private JvmProbe(JMXConnector connector, MBeanServerConnection connection) throws IOException {
        this.connector = connector;
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                connection, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        this.direct = ManagementFactory.newPlatformMXBeanProxy(connection, DIRECT_MEMORY, BufferPoolMXBean.class);
        this.compilers = ManagementFactory.newPlatformMXBeanProxy(
                connection, ManagementFactory.COMPILATION_MXBEAN_NAME, CompilationMXBean.class);
    }

    /**
     * Attaches to a process.
     *
     * @throws IOException it is no JVM, or of another user
     */
    // The address comes from a process of this user, by way of the JVM's own attach mechanism.
    @SuppressWarnings("BanJNDI")
    public static JvmProbe attach(long pid) throws IOException {
        String address;
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                address = machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("process " + pid + " cannot be attached to", e);
        }
        JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
        return new JvmProbe(connector, connector.getMBeanServerConnection());
    }

    long allocatedBytes() {
        long sum = 0;
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith(OWN_THREADS)) {
                sum += threads.getThreadAllocatedBytes(info.getThreadId());
            }
        }
        return sum;
    }

    long heapBytes() {
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** How long the compilers of the JVM have worked since its start. */
    public long compilerMillis() {
        return compilers.getTotalCompilationTime();
    }

    /** Live bytes on the heap: collects the garbage first. */
    public long liveHeapBytes() {
        memory.gc();
        return heapBytes();
    }

    /** Live bytes on the heap and direct memory, which with Netty's pool is that of whole chunks, used or not. */
    public long liveBytes() {
        return liveHeapBytes() + direct.getMemoryUsed();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
