package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.GateOrder;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gates of a cell, in the order of their strips in z: groups of the input's product alone, groups of both products, groups
 * of the recurrent product alone. So the strips that a product writes, and those that the way back reads, are one stretch of z.
 *
 * @param groups of the same gates at both ends, if there are ends
 */
public record CellGates(List<GateGroup> groups) {

    /** Strips of a tile of the widest vectors. */
    private static final int TILE = 4;

    public CellGates {
        groups = Arguments.copy(groups, "CellGates", "groups", "groups of gates");
        List<List<Integer>> input = new ArrayList<>();
        List<List<Integer>> recurrent = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            GateGroup group = groups.get(i);
            if (i > 0 && (group.products().compareTo(groups.get(i - 1).products()) < 0
                    || group.readsState() && group.stage() < groups.get(i - 1).stage())) {
                throw new IllegalArgumentException(
                        "Groups of gates stand in the order input, chained, recurrent, and in "
                                + "the order of their stages, got " + groups);
            }
            if (!group.readsState()) {
                input.add(group.gates());
            } else if (!group.readsInput()) {
                recurrent.add(group.gates());
            }
        }
        if (!input.equals(recurrent)) {
            throw new IllegalArgumentException(
                    "Gates whose products are apart have both of them, got gates " + input + " of the input and "
                            + recurrent + " of the state");
        }
    }

    /** Gates that are one chain each, of both products. */
    public static CellGates chained(int gates) {
        return new CellGates(
                List.of(new GateGroup(GateOrder.together(gates).groups().getFirst(), GateGroup.Products.CHAINED)));
    }

    /** Strips of z for 16 units. */
    public int strips() {
        int strips = 0;
        for (int i = 0; i < groups.size(); i++) {
            strips += groups.get(i).gates().size();
        }
        return strips;
    }

    /** Strips of 16 units before a group. */
    public int stripsBefore(int group) {
        int strips = 0;
        for (int i = 0; i < group; i++) {
            strips += groups.get(i).gates().size();
        }
        return strips;
    }

    /** Strips of 16 units that the recurrent product does not write; z begins with them. */
    int inputOnly() {
        int strips = 0;
        for (int i = 0; i < groups.size() && !groups.get(i).readsState(); i++) {
            strips += groups.get(i).gates().size();
        }
        return strips;
    }

    /** Strips of 16 units that the input's product writes; z begins with them. */
    int ofInput() {
        return strips() - inputOnly();
    }

    /** Whether the recurrent part has a bias of its own. */
    public boolean hasTwoBiases() {
        return inputOnly() > 0;
    }

    /** 1, or 2 if a recurrent product reads what the cell makes of h in the same step. */
    public int stages() {
        return groups.getLast().stage() + 1;
    }

    /** The groups of a stage. */
    int[] groupsOf(int stage) {
        int[] own = new int[groups.size()];
        int count = 0;
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).stage() == stage) {
                own[count++] = i;
            }
        }
        return Arrays.copyOf(own, count);
    }

    /** Strips of 16 units before those that the recurrent product of a stage writes. */
    int firstOfState(int stage) {
        int strips = 0;
        for (int i = 0; i < groups.size() && !isOfState(i, stage); i++) {
            strips += groups.get(i).gates().size();
        }
        return strips;
    }

    /** How many strips of 16 units the recurrent product of a stage writes. */
    int ofState(int stage) {
        int strips = 0;
        for (int i = 0; i < groups.size(); i++) {
            strips += isOfState(i, stage) ? groups.get(i).gates().size() : 0;
        }
        return strips;
    }

    private boolean isOfState(int group, int stage) {
        return groups.get(group).readsState() && groups.get(group).stage() == stage;
    }

    /** How the kernel's gates lie, and those of a bias. */
    public GateOrder kernelOrder() {
        List<List<Integer>> gates = new ArrayList<>();
        for (GateGroup group : groups) {
            if (group.readsInput()) {
                gates.add(group.gates());
            }
        }
        return new GateOrder(gates);
    }

    /** How the recurrent kernel's gates lie. */
    public GateOrder recurrentOrder() {
        List<List<Integer>> gates = new ArrayList<>();
        for (GateGroup group : groups) {
            if (group.readsState()) {
                gates.add(group.gates());
            }
        }
        return new GateOrder(gates);
    }

    /** Groups of 16 units that fill the tiles of a single gate. */
    static int blocksOfTilesOfOne() {
        return TILE;
    }

    /** Groups of 16 units that fill the tiles of every group of gates: those of an LSTM fill one for themselves. */
    int blocksOfTiles() {
        int blocks = 1;
        for (int i = 0; i < groups.size(); i++) {
            while (blocks * groups.get(i).gates().size() % TILE != 0) {
                blocks++;
            }
        }
        return blocks;
    }
}
