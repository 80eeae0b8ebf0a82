package dev.gatun.tests.bits;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.util.List;

/** Prints, for some models of the zoo, the hash of the first call in this JVM and of the last of many, in between all equal. */
public final class WarmUp {

    static final List<Zoo> MODELS = List.of(Zoo.STACK, Zoo.STATES, Zoo.OTHER);
    private static final long NANOS_EACH = 1_000_000_000L;
    private static final int LEAST_CALLS = 300;

    private WarmUp() {}

    public static void main(String[] args) {
        for (Zoo zoo : MODELS) {
            try (Model model = zoo.model()) {
                List<Tensor> inputs = Zoo.inputs(model, 7, 2);
                List<float[]> cotangents = EnginePass.cotangents(model, inputs, 7);
                long first = BitsHash.hash(EnginePass.of(model, inputs, cotangents).all());
                long last = first;
                long end = System.nanoTime() + NANOS_EACH;
                for (int call = 2; (call < LEAST_CALLS || System.nanoTime() < end || KernelChoice.isCold())
                        && last == first; call++) {
                    last = BitsHash.hash(EnginePass.of(model, inputs, cotangents).all());
                }
                System.out.println(zoo + " " + Long.toHexString(first) + " " + Long.toHexString(last));
            }
        }
    }
}
