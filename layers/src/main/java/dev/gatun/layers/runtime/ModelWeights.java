package dev.gatun.layers.runtime;

import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.RowSet;
import dev.gatun.layers.plan.WeightPlaces;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a graph in two blocks: what an optimizer changes, and buffers. */
public final class ModelWeights {

    /** Apart from the streams of training, which count steps from 0. */
    private static final long STREAM = 1L << 62;

    private final Map<String, BlockWeight> byName = new LinkedHashMap<>();
    private final List<BlockWeight> list;
    private final Map<String, WeightPlaces> byLayer = new HashMap<>();
    private final ParameterBlock parameters;
    private final WeightVersion own;
    private final TensorArena arena;
    private final List<ParameterBlock> moments = new ArrayList<>();
    private final Map<ParameterBlock.Entry, WeightRows> rows = new LinkedHashMap<>();

    ModelWeights(Graph graph, TensorArena arena, SingleUser user) {
        this.arena = arena;
        ParameterBlock.Layout trained = new ParameterBlock.Layout();
        ParameterBlock.Layout buffered = new ParameterBlock.Layout();
        List<Place> places = new ArrayList<>();
        for (Graph.NamedLayer layer : graph.layers()) {
            if (layer.built() == null) {
                continue;
            }
            int first = places.size();
            for (WeightSpec spec : specs(layer)) {
                String name = layer.name() + "/" + spec.name();
                ParameterBlock.Layout block = spec.role() == WeightRole.TRAINED ? trained : buffered;
                Place place = new Place(layer.name(), spec, block.add(name, spec.layout().strips().bytes()));
                places.add(place);
                if (spec.hasRows()) {
                    rows.put(place.entry(), new WeightRows(place.entry(), spec.layout().strips()));
                }
            }
            byLayer.put(layer.name(),
                    placesOf(places.subList(first, places.size()), layer.layer().isTrainable()));
        }
        this.parameters = allocate(graph, trained, places, arena, "parameters");
        ParameterBlock buffers = allocate(graph, buffered, places, arena, "buffers");
        this.own = new WeightVersion(parameters, buffers);
        for (Place place : places) {
            byName.put(place.entry().name(), new BlockWeight(place.layer(), place.spec(), place.entry(),
                    place.spec().role() == WeightRole.TRAINED ? parameters : buffers, user, this));
        }
        this.list = List.copyOf(byName.values());
    }

    private WeightPlaces placesOf(List<Place> own, boolean trainable) {
        Map<ParameterBlock.Entry, RowSet> byRows = new HashMap<>();
        for (Place place : own) {
            if (rows.containsKey(place.entry())) {
                byRows.put(place.entry(), rows.get(place.entry()).reached());
            }
        }
        return new WeightPlaces(entries(own, WeightRole.TRAINED), entries(own, WeightRole.BUFFER), trainable, byRows);
    }

    private static List<ParameterBlock.Entry> entries(List<Place> places, WeightRole role) {
        List<ParameterBlock.Entry> entries = new ArrayList<>();
        for (Place place : places) {
            if (place.spec().role() == role) {
                entries.add(place.entry());
            }
        }
        return entries;
    }

    /** Takes over from a graph which layers are trained. */
    void trainable(Graph graph) {
        for (Graph.NamedLayer layer : graph.layers()) {
            byLayer.computeIfPresent(layer.name(), (name, places) -> new WeightPlaces(
                    places.trained(), places.buffers(), layer.layer().isTrainable(), places.byRows()));
        }
    }

    /** Whether a training changes the weights of a layer. */
    boolean isTrainable(String layer) {
        return places(layer).trainable();
    }

    /** Where a layer's weights lie. */
    WeightPlaces places(String layer) {
        return byLayer.getOrDefault(layer, WeightPlaces.NONE);
    }

    /** A spec holds a row of numbers about the weight's columns. */
    private static List<WeightSpec> specs(Graph.NamedLayer layer) {
        try {
            return layer.built().weights();
        } catch (ShapeException unfit) {
            throw new ShapeException(
                    "Layer '" + layer.name() + "' (" + layer.layer().kind() + "): " + unfit.getMessage());
        } catch (OutOfMemoryError full) {
            throw NoRoom.of("Layer '" + layer.name() + "' (" + layer.layer().kind()
                    + ") does not fit into memory: use fewer units.", full);
        }
    }

    private static ParameterBlock allocate(
            Graph graph, ParameterBlock.Layout layout, List<Place> places, TensorArena arena, String what) {
        try {
            return layout.allocate(arena, what);
        } catch (OutOfMemoryError noMemory) {
            Place largest = Collections.max(places, Comparator.comparingLong(place -> place.entry().bytes()));
            throw NoRoom.of("The weights of model '" + graph.name() + "' do not fit into memory. The largest is '"
                    + largest.entry().name() + "' of shape " + largest.spec().shape() + ", " + largest.entry().bytes()
                    + " bytes: use fewer units, or a machine with more memory.", noMemory);
        }
    }

    private record Place(String layer, WeightSpec spec, ParameterBlock.Entry entry) {}

    ParameterBlock parameters() {
        return parameters;
    }

    /** A weight was set as a whole, perhaps by a callback of a training. */
    void changed(ParameterBlock.Entry entry) {
        WeightRows set = rows.get(entry);
        if (set != null) {
            set.changed();
        }
    }

    /**
     * For a training that begins.
     *
     * @return no row has changed yet
     */
    public RowChanges rowChanges() {
        return rows.isEmpty() ? RowChanges.NONE : new RowChanges(List.copyOf(rows.values()));
    }

    /** What trainings change, in place. */
    WeightVersion own() {
        return own;
    }

    /** The same blocks for every training, so that a model takes no more memory the more often it is trained. */
    List<ParameterBlock> moments(int count) {
        if (count < 0) {
            throw new IllegalArgumentException(
                    "Model.moments: count is " + count + "; give how many blocks an optimizer "
                            + "needs, at least 0");
        }
        while (moments.size() < count) {
            moments.add(parameters.twin(arena, "optimizer moments"));
        }
        return List.copyOf(moments.subList(0, count));
    }

    /**
     * Under their public names.
     *
     * @return in the order of Keras's {@code model.weights}
     */
    public List<Weight> list() {
        return Collections.unmodifiableList(list);
    }

    /**
     * How many numbers they hold.
     *
     * @return the elements of all weights, trained or not, without the paddings they have in memory
     */
    public long count() {
        return list.stream().mapToLong(weight -> weight.shape().elements()).sum();
    }

    /**
     * The weight of a name.
     *
     * @param name layer and weight, for example {@code lstm/kernel}
     * @return the weight itself: what is set through it, the model uses
     * @throws IllegalArgumentException if there is no such weight, naming those there are
     */
    public Weight named(String name) {
        return block(Arguments.required(name, "Model.weight", "name", "layer/weight, for example lstm/kernel"));
    }

    /** The weight itself, with what only this package does with it. */
    BlockWeight block(String name) {
        BlockWeight weight = byName.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("No weight is named '" + name + "'; there are " + byName.keySet());
        }
        return weight;
    }

    /**
     * What a layer declared for a place of the parameters.
     *
     * @param entry a place of {@link Network#parameters}
     * @return its weight
     */
    public WeightSpec spec(ParameterBlock.Entry entry) {
        Arguments.required(entry, "ModelWeights.spec", "entry", "a place of the parameters");
        return byName.get(entry.name()).spec();
    }

    /** By way of one block outside of the heap, which may be much smaller than a weight. */
    void initialize(long seed, TensorArena owner) {
        if (list.isEmpty()) {
            return;
        }
        BlockWeight largest = Collections.max(list, Comparator.comparingLong(weight -> weight.shape().elements()));
        try (TensorArena scratch = owner.child("first values")) {
            MemorySegment memory = scratch.allocate(
                    largest.shape().floatBytes(), "the first values of '" + largest.name() + "' " + largest.shape());
            for (int index = 0; index < list.size(); index++) {
                BlockWeight weight = list.get(index);
                Tensor values = new Tensor(memory, 0, weight.shape());
                initialize(weight, values, seed, STREAM + index);
            }
        }
    }

    private static void initialize(BlockWeight weight, Tensor values, long seed, long stream) {
        try {
            weight.spec().initializer().fill(values, seed, stream);
            weight.set(values);
        } catch (OutOfMemoryError full) {
            throw NoRoom.of(
                    "Drawing the first values of weight '" + weight.name() + "' of shape " + weight.shape() + ", "
                            + weight.shape().floatBytes() + " bytes, with the initializer "
                            + weight.spec().initializer().kind() + " takes more memory than there is: use fewer units.",
                    full);
        }
    }
}
