package dev.gatun.formats.onnx.operator;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What a node has made of inputs that are the same in every run, such as weights in the order that a product reads them: made
 * once, kept as long as the node. Any number of threads may ask.
 */
public final class Kept {

    private final boolean[] areConstant;
    private final Map<String, MemorySegment> made = new ConcurrentHashMap<>();

    private Kept(boolean... areConstant) {
        this.areConstant = areConstant;
    }

    /**
     * Nothing is kept yet.
     *
     * @param areConstant of each input whether it is the same in every run
     */
    public static Kept of(boolean... areConstant) {
        return new Kept(areConstant.clone());
    }

    boolean isConstant(int input) {
        return input < areConstant.length && areConstant[input];
    }

    /**
     * Numbers that are made of an input and nothing else.
     *
     * @param own  what lives no longer than this run, for an input that changes
     * @param name tells what is made of one input apart
     */
    MemorySegment numbers(int input, String name, Arena own, Function<Arena, MemorySegment> make) {
        return isConstant(input)
                ? made.computeIfAbsent(input + name, key -> make.apply(Arena.ofAuto()))
                : make.apply(own);
    }
}
