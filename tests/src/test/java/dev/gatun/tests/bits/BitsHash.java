package dev.gatun.tests.bits;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.util.List;

/** Prints one line for each model of the zoo: a hash of all outputs and gradients of its first pass in this JVM. */
public final class BitsHash {

    private BitsHash() {}

    public static void main(String[] args) {
        System.out.println(KernelChoice.describe());
        for (Zoo zoo : Zoo.values()) {
            System.out.println(line(zoo));
        }
    }

    static String line(Zoo zoo) {
        try (Model model = zoo.model()) {
            List<Tensor> inputs = Zoo.inputs(model, 7, 2);
            EnginePass pass = EnginePass.of(model, inputs, EnginePass.cotangents(model, inputs, 7));
            return zoo + " " + Long.toHexString(hash(pass.all()));
        }
    }

    /** FNV-1a over the raw bits. */
    static long hash(float[] numbers) {
        long hash = 0xcbf29ce484222325L;
        for (float number : numbers) {
            hash = (hash ^ Float.floatToRawIntBits(number)) * 0x100000001b3L;
        }
        return hash;
    }
}
