package dev.gatun.tests.bits;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.util.ArrayList;
import java.util.List;

/** Prints a line for each model of the zoo and kind of input: a hash of all outputs and gradients of its first pass in this JVM. */
public final class BitsHash {

    private BitsHash() {}

    public static void main(String[] args) {
        System.out.println(KernelChoice.describe());
        for (Zoo zoo : Zoo.values()) {
            lines(zoo).forEach(System.out::println);
        }
    }

    /** Where the extreme numbers of a pass are. */
    private enum Place {
        INPUTS, WEIGHTS, COTANGENTS
    }

    /** Of ordinary numbers, and of each kind of {@link Extremes} in each place. */
    static List<String> lines(Zoo zoo) {
        List<String> lines = new ArrayList<>(List.of(line(zoo)));
        // The widest takes longest, above all without vectors: one kind of all.
        List<Extremes> kinds = zoo == Zoo.WIDE ? List.of(Extremes.EVERYTHING) : List.of(Extremes.values());
        for (Extremes kind : kinds) {
            for (Place place : Place.values()) {
                lines.add(zoo + " " + kind + " in " + place + " " + Long.toHexString(hash(pass(zoo, kind, place))));
            }
        }
        return lines;
    }

    private static float[] pass(Zoo zoo, Extremes kind, Place place) {
        try (Model model = zoo.model()) {
            List<Tensor> inputs = Zoo.inputs(model, 5, 3);
            List<float[]> cotangents = EnginePass.cotangents(model, inputs, 7);
            switch (place) {
                case INPUTS -> inputs = inputs.stream().map(kind::into).toList();
                case WEIGHTS -> kind.into(model);
                case COTANGENTS -> cotangents = cotangents.stream().map(kind::into).toList();
            }
            return EnginePass.of(model, inputs, cotangents).all();
        }
    }

    static String line(Zoo zoo) {
        try (Model model = zoo.model()) {
            List<Tensor> inputs = Zoo.inputs(model, 7, 2);
            EnginePass pass = EnginePass.of(model, inputs, EnginePass.cotangents(model, inputs, 7));
            return zoo + " " + Long.toHexString(hash(pass.all()));
        }
    }

    /** FNV-1a over the bits; which of the NaNs a NaN is, is up to the processor. */
    static long hash(float[] numbers) {
        long hash = 0xcbf29ce484222325L;
        for (float number : numbers) {
            hash = (hash ^ Float.floatToIntBits(number)) * 0x100000001b3L;
        }
        return hash;
    }
}
