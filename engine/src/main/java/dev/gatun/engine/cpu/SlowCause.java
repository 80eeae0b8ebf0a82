package dev.gatun.engine.cpu;

/**
 * What keeps SIMD kernels from running, or from being any use. The times are of a stream's step and of training in multiples of
 * what SIMD kernels take (JDK 25.0.3 on an EPYC with vectors of 512 bits; 64 inputs, two LSTM layers of 128 units).
 */
enum SlowCause {

    NO_VECTOR_MODULE(
            "a step takes about 15 times and training 25 times as long",
            "start Java with --add-modules jdk.incubator.vector, or set the environment variable "
                    + "JDK_JAVA_OPTIONS=--add-modules=jdk.incubator.vector") {
        @Override
        String holds(JvmFacts facts) {
            return facts.vectorModule() ? null : "the module jdk.incubator.vector is missing";
        }
    },
    NO_COMPILER("a step takes about 2000 times as long", "start Java without -Xint") {
        @Override
        String holds(JvmFacts facts) {
            return facts.vmInfo().contains("interpreted mode") ? "Java runs without its compilers (-Xint)" : null;
        }
    },
    NO_SECOND_COMPILER("a step takes about 25 times and training 45 times as long", "start Java without that option") {
        @Override
        String holds(JvmFacts facts) {
            return facts.vmInfo().contains("emulated-client")
                    ? "Java runs without its second compiler (-XX:TieredStopAtLevel=1, which some development "
                            + "environments add)"
                    : null;
        }
    },
    NO_FMA("a step takes about 40 times and training 80 times as long",
            "run on a processor that has it, and without these options") {
        @Override
        String holds(JvmFacts facts) {
            return facts.fma()
                    ? null
                    : "Java has no fused multiply-add of the processor (an old or emulated one, -XX:-UseFMA or "
                            + "-XX:UseAVX=0)";
        }
    },
    NO_WIDTH("a step takes about 15 times and training 25 times as long", "leave that property out") {
        @Override
        String holds(JvmFacts facts) {
            return facts.offered() == JvmFacts.NOT_ASKED ? null : Lanes.refusal(facts.vectorBits(), facts.offered());
        }
    };

    private final String cost;
    private final String fix;

    SlowCause(String cost, String fix) {
        this.cost = cost;
        this.fix = fix;
    }

    /** A clause that says why, or null if it is not so. */
    abstract String holds(JvmFacts facts);

    /** How long what takes. */
    String cost() {
        return cost;
    }

    /** What to do about it. */
    String fix() {
        return fix;
    }
}
