package dev.gatun.engine.gemm;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * In which order the strips of a gated weight lie. Gates of a group lie side by side: for 16 units the strip of each of them,
 * then those of the next 16 units; and one group lies behind the other. So a product may join the gates of one group and not
 * those of another, and reads a stretch of memory either way.
 *
 * @param groups public numbers of the gates; each gate is in one group
 */
public record GateOrder(List<List<Integer>> groups) {

    // Without streams: a start would wait for the first one.
    public GateOrder {
        Arguments.all(groups, "GateOrder", "groups", "lists of gates");
        List<List<Integer>> copy = new ArrayList<>();
        List<Integer> gates = new ArrayList<>();
        for (List<Integer> group : groups) {
            copy.add(Arguments.copy(group, "GateOrder", "groups", "numbers of gates"));
            gates.addAll(group);
        }
        for (int gate = 0; gate < Math.max(1, gates.size()); gate++) {
            if (!gates.contains(gate)) {
                throw new IllegalArgumentException("Groups of gates name every gate from 0 on once, got " + groups);
            }
        }
        groups = List.copyOf(copy);
    }

    /** All gates in one group, by their numbers. */
    public static GateOrder together(int gates) {
        if (gates < 1) {
            throw new IllegalArgumentException("A layout has one gate or more of equal width, got " + gates);
        }
        Integer[] numbers = new Integer[gates];
        for (int gate = 0; gate < gates; gate++) {
            numbers[gate] = gate;
        }
        return new GateOrder(List.of(List.of(numbers)));
    }

    /** How many gates there are. */
    public int gates() {
        int count = 0;
        for (int i = 0; i < groups.size(); i++) {
            count += groups.get(i).size();
        }
        return count;
    }

    /** The public number of a strip's gate, in a weight of so many blocks of 16 units. */
    int gate(int strip, int blocks) {
        int group = group(strip, blocks);
        return groups.get(group).get((strip - first(group, blocks)) % groups.get(group).size());
    }

    /** Which 16 units a strip has. */
    int block(int strip, int blocks) {
        int group = group(strip, blocks);
        return (strip - first(group, blocks)) / groups.get(group).size();
    }

    private int group(int strip, int blocks) {
        int group = 0;
        while (first(group + 1, blocks) <= strip) {
            group++;
        }
        return group;
    }

    /** The strip with which a group begins. */
    private int first(int group, int blocks) {
        int gates = 0;
        for (int i = 0; i < group; i++) {
            gates += groups.get(i).size();
        }
        return gates * blocks;
    }
}
