package dev.gatun.layers.type.rnn;

import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.Parts;
import dev.gatun.layers.RecurrentCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.wire.LayerNames;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cells above each other over a sequence: an Rnn for each, over the same mask. A step that a mask leaves out changes no state and
 * is read by nobody above, so the layers do what Keras's stack does step by step. What goes backwards is turned round between
 * two layers, so that each of them reads the sequence, and the mask, in the order of the input.
 */
final class StackParts implements Parts {

    private final RnnForm form;
    private final List<Rnn> cells = new ArrayList<>();
    private final Map<Layer, String> groups = new IdentityHashMap<>();
    private final Turn turn = new Turn();

    StackParts(Rnn layer, String name) {
        this.form = new RnnForm(layer, name);
        List<Layer> leaves = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        addLeaves((StackedRnnCells) layer.cell(), "cell", leaves, paths);
        List<String> names = LayerNames.assign(leaves);
        for (int place = 0; place < leaves.size(); place++) {
            boolean last = place == leaves.size() - 1;
            Rnn part = Rnn.of(leaves.get(place)).named(names.get(place))
                    .returnSequences(!last || layer.returnsSequences())
                    .returnState(layer.returnsState())
                    .goBackwards(layer.goesBackwards())
                    .stateful(layer.isStateful())
                    .zeroOutputForMask(last && layer.zeroesOutputForMask());
            cells.add(part);
            groups.put(part, paths.get(place));
        }
    }

    /** Keras numbers the cells of one class within a stack, in its files. */
    private static void addLeaves(StackedRnnCells stack, String path, List<Layer> leaves, List<String> paths) {
        Map<String, Integer> counts = new HashMap<>();
        for (Layer cell : stack.cells()) {
            String group = cell.configuration().options().defaultName();
            int number = counts.merge(group, 1, Integer::sum) - 1;
            String own = path + "/cells/" + (number == 0 ? group : group + "_" + number);
            if (cell instanceof StackedRnnCells inner) {
                StackedRnnCells learning = stack.isTrainable() ? inner : inner.trainable(false);
                addLeaves(learning, own, leaves, paths);
            } else {
                leaves.add(stack.isTrainable() ? cell : cell.trainable(false));
                paths.add(own);
            }
        }
    }

    @Override
    public void require(CallArguments<Shape> shapes) {
        form.require(shapes);
    }

    @Override
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(cells);
        layers.add(turn);
        return layers;
    }

    @Override
    public List<Node> call(CallArguments<Input> arguments) {
        Node sequence = arguments.input();
        List<Node> states = new ArrayList<>();
        int begun = 0;
        for (Rnn cell : cells) {
            if (form.layer().goesBackwards() && begun > 0) {
                sequence = turn.on(sequence);
            }
            int count = ((RecurrentCell) cell.cell()).stateSizes().size();
            List<Input> initial = arguments.initialState().isEmpty()
                    ? List.of()
                    : arguments.initialState().subList(begun, begun + count);
            LayerCall call = cell.call(new CallArguments<>(List.of(sequence), List.copyOf(initial), arguments.mask(),
                    arguments.ignoresMask()));
            sequence = call.output(0);
            begun += count;
            for (int state = 1; form.layer().returnsState() && state <= count; state++) {
                states.add(call.output(state));
            }
        }
        List<Node> outputs = new ArrayList<>(List.of(sequence));
        outputs.addAll(states);
        return outputs;
    }

    @Override
    public String kerasGroup(Layer part) {
        return groups.get(part);
    }

    /** Keras holds the cells and no layers, so that what lies in a layer's cell lies in the cell's own group. */
    @Override
    public String kerasWeight(Layer part, String path) {
        return kerasGroup(part) + path.substring("cell".length());
    }
}
