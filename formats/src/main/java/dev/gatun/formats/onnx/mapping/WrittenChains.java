package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.mapping.cell.CellSearch;
import dev.gatun.formats.onnx.mapping.cell.Source;
import dev.gatun.formats.onnx.mapping.cell.WrittenCell;
import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.PlannedModel;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.Activation;
import dev.gatun.layers.Add;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.Reshape;
import dev.gatun.layers.Slicing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recurrent layers whose steps a graph has written out one after the other: they become layers again. */
public final class WrittenChains {

    /** Stacked layers are found one after the other. */
    private static final int MOST_LAYERS = 64;
    private static final int FEWEST_CALLS = 6;

    private final PlannedModel model;
    private final List<PlannedCall> order;
    private final Map<Ref, Ref> replaced = new HashMap<>();
    private final List<String> notes;
    /** How many steps the layers have that were found. */
    private final Map<PlannedLayer, Integer> counts;

    private final CellSearch search;

    private WrittenChains(PlannedModel model, CellSearch search, Map<PlannedLayer, Integer> counts,
            List<String> notes) {
        this.model = model;
        this.search = search;
        this.counts = counts;
        this.order = PlannedModel.order(model.outputs());
        this.notes = notes;
    }

    /** @return the same graph if there are none */
    public static MappedGraph joined(MappedGraph graph) {
        List<String> notes = new ArrayList<>(graph.notes());
        Map<PlannedLayer, Integer> counts = new HashMap<>();
        CellSearch search = new CellSearch(source -> source.step() == Source.ALL);
        PlannedModel model = graph.model();
        for (int round = 0; round < MOST_LAYERS; round++) {
            PlannedModel other = new WrittenChains(model, search, counts, notes).joined();
            if (other == model) {
                break;
            }
            model = other;
        }
        return model == graph.model()
                ? graph
                : new MappedGraph(ended(model, counts), graph.inputs(), graph.outputs(), notes);
    }

    /** The last step as the state of its layer, which takes no layer to be cut out. */
    private static PlannedModel ended(PlannedModel model, Map<PlannedLayer, Integer> counts) {
        Map<Ref, Ref> ends = new HashMap<>();
        for (PlannedCall call : PlannedModel.order(model.outputs())) {
            if (layer(call) instanceof Slicing slicing && isEnd(call.inputs().getFirst(), slicing, counts)) {
                ends.put(call.output(0), call.inputs().getFirst().call().output(RecurrentChoice.STATES));
            }
        }
        return model.with(ends);
    }

    /** Whether the last step is taken of a sequence, and not a number of a state. */
    private static boolean isEnd(Ref whole, Slicing slicing, Map<PlannedLayer, Integer> counts) {
        Integer steps = counts.get(whole.call().layer());
        return steps != null && whole.output() == RecurrentChoice.SEQUENCE
                && slicing.parts().equals(List.of(String.valueOf(steps - 1)));
    }

    private PlannedModel joined() {
        if (order.size() < FEWEST_CALLS) {
            return model;
        }
        for (List<WrittenCell> chain : chains(cells())) {
            replace(chain);
        }
        return replaced.isEmpty() ? model : model.with(replaced);
    }

    private static Layer layer(PlannedCall call) {
        return call.layer().choice().layer(Set.of(0));
    }

    private Map<Ref, WrittenCell> cells() {
        Map<Ref, WrittenCell> cells = new LinkedHashMap<>();
        for (PlannedCall call : order) {
            Layer layer = layer(call);
            boolean canEnd = layer instanceof Multiply || layer instanceof Add || layer instanceof Activation
                    || layer instanceof Dense;
            WrittenCell cell = canEnd ? search.endingAt(call.output(0)) : null;
            if (cell != null) {
                cells.put(cell.after(), cell);
            }
        }
        return cells;
    }

    /** Cells of which each begins where the one before it ends, a step further. */
    private static List<List<WrittenCell>> chains(Map<Ref, WrittenCell> cells) {
        Map<Ref, List<WrittenCell>> ending = new LinkedHashMap<>();
        for (WrittenCell cell : cells.values()) {
            WrittenCell before = cell.before() == null ? null : cells.get(cell.before().ref());
            List<WrittenCell> chain = before == null ? null : ending.get(before.after());
            boolean goesOn = chain != null && isNext(before, cell)
                    && (chain.size() == 1 || step(chain.get(0), chain.get(1)) == step(before, cell));
            List<WrittenCell> own = new ArrayList<>();
            if (goesOn) {
                ending.remove(before.after());
                own = chain;
            }
            own.add(cell);
            ending.put(cell.after(), own);
        }
        return ending.values().stream().filter(chain -> chain.size() > 1).toList();
    }

    private static int step(WrittenCell one, WrittenCell next) {
        return next.x().step() - one.x().step();
    }

    private static boolean isNext(WrittenCell one, WrittenCell next) {
        return next.x().ref().equals(one.x().ref()) && next.x().isTurned() == one.x().isTurned()
                && Math.abs(step(one, next)) == 1
                && (next.cellBefore() == null || next.cellBefore().equals(one.cellAfter())) && one.isSameCell(next);
    }

    private void replace(List<WrittenCell> chain) {
        WrittenCell first = chain.getFirst();
        WrittenCell last = chain.getLast();
        CellBuild build = WrittenLayers.of(last);
        boolean isAll = isAll(first, last);
        boolean isTurned = isAll && last.x().isTurned();
        boolean isBack = step(first, last) < 0 != isTurned;
        PlannedLayer from = last.after().call().layer();
        RecurrentChoice choice = new RecurrentChoice(build.layer().goBackwards(isBack), false);
        PlannedLayer layer = new PlannedLayer(from.wish(), choice, build.weights(),
                first.after().call().layer().origin() + " to " + from.origin() + ", written out step by step");
        PlannedCall made = new PlannedCall(layer, List.of(isAll ? last.x().ref() : part(first, last)), states(first),
                null);
        List<Ref> steps = new ArrayList<>();
        for (int step = 0; step < chain.size(); step++) {
            steps.add(chain.get(step).after());
            replaced.put(chain.get(step).after(),
                    plain(from, Slicing.of(String.valueOf(step)), made.output(RecurrentChoice.SEQUENCE)));
        }
        if (last.cellAfter() != null) {
            replaced.put(last.cellAfter(), made.output(RecurrentChoice.STATES + 1));
        }
        counts.put(layer, chain.size());
        joinSteps(steps, last.units(), made.output(RecurrentChoice.SEQUENCE), from);
        notes.add("the " + chain.size() + " steps up to " + from.origin() + " are written out one by one, and one "
                + build.layer().kind() + " of " + last.units() + " units here");
    }

    private static List<Ref> states(WrittenCell first) {
        return first.before() == null
                ? List.of()
                : first.cellBefore() == null
                        ? List.of(first.before().ref())
                        : List.of(first.before().ref(), first.cellBefore());
    }

    /** Whether it is known that there are no other steps. */
    private static boolean isAll(WrittenCell first, WrittenCell last) {
        return Math.min(first.x().step(), last.x().step()) == 0
                && Math.max(first.x().step(), last.x().step()) + 1 == steps(first.x().ref());
    }

    /** The steps that are read. */
    private static Ref part(WrittenCell first, WrittenCell last) {
        int from = Math.min(first.x().step(), last.x().step());
        int to = Math.max(first.x().step(), last.x().step()) + 1;
        PlannedLayer layer = last.after().call().layer();
        Ref all = first.x().isTurned() ? plain(layer, Slicing.of("::-1"), first.x().ref()) : first.x().ref();
        return plain(layer, Slicing.of(from + ":" + to), all);
    }

    /** How many steps a sequence has; -1 if that is not known. */
    private static long steps(Ref ref) {
        Ref at = ref;
        for (int layers = 0; layers < MOST_LAYERS; layers++) {
            Layer layer = layer(at.call());
            if (layer instanceof Input input) {
                return input.shape().rank() > 1 ? input.shape().dim(1) : -1;
            }
            if (layer instanceof Reshape reshape && reshape.targetShape().size() == 2) {
                return reshape.targetShape().getFirst();
            }
            boolean keeps = layer instanceof Dense || layer instanceof Activation
                    || layer instanceof Concatenate concatenate && concatenate.axis() != 1
                    || layer instanceof Slicing slicing && slicing.parts().equals(List.of("::-1"))
                    || layer instanceof BatchNormalization
                    || layer instanceof RecurrentLayer<?> && at.output() == RecurrentChoice.SEQUENCE;
            if (!keeps) {
                return -1;
            }
            at = at.call().inputs().getFirst();
        }
        return -1;
    }

    /** Steps that are put together again are the sequence. */
    private void joinSteps(List<Ref> steps, int units, Ref sequence, PlannedLayer from) {
        for (PlannedCall call : order) {
            if (!(layer(call) instanceof Reshape reshape)
                    || !reshape.targetShape().equals(List.of(steps.size(), units))) {
                continue;
            }
            PlannedCall side = call.inputs().getFirst().call();
            boolean isJoined = layer(side) instanceof Concatenate concatenate && concatenate.axis() == -1;
            if (isJoined && side.inputs().equals(steps)) {
                replaced.put(call.output(0), sequence);
            } else if (isJoined && side.inputs().equals(steps.reversed())) {
                replaced.put(call.output(0), plain(from, Slicing.of("::-1"), sequence));
            }
        }
    }

    private static Ref plain(PlannedLayer from, Layer layer, Ref read) {
        return PlannedCall.of(new PlannedLayer(from.wish() + "_steps", LayerChoice.of(layer), List.of(), ""), read)
                .output(0);
    }
}
