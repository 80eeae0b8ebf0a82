package dev.gatun.layers.model;

import dev.gatun.engine.random.Philox;
import dev.gatun.layers.WeightSpec;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.util.ArrayList;
import java.util.List;

/** The weights of a graph in one parameter block. */
final class ModelWeights {

    /** Apart from the streams of training, which count steps from 0. */
    private static final long STREAM = 1L << 62;

    private final List<Weight> list;
    private final ParameterBlock parameters;
    private final TensorArena arena;
    private final List<ParameterBlock> moments = new ArrayList<>();

    ModelWeights(Graph graph, TensorArena arena, SingleUser user) {
        this.arena = arena;
        ParameterBlock.Layout layout = new ParameterBlock.Layout();
        List<Place> places = new ArrayList<>();
        for (Graph.NamedLayer layer : graph.layers()) {
            if (layer.built() == null) {
                continue;
            }
            for (WeightSpec spec : layer.built().weights()) {
                String name = layer.name() + "/" + spec.name();
                places.add(new Place(layer.name(), spec, layout.add(name, spec.layout().panels().bytes())));
            }
        }
        this.parameters = layout.allocate(arena, "parameters");
        this.list = places.stream()
                .map(place -> new Weight(place.layer(), place.spec(), place.entry(), parameters, user))
                .toList();
    }

    private record Place(String layer, WeightSpec spec, ParameterBlock.Entry entry) {}

    ParameterBlock parameters() {
        return parameters;
    }

    /** The same blocks for every training, so that a model takes no more memory the more often it is trained. */
    List<ParameterBlock> moments(int count) {
        while (moments.size() < count) {
            moments.add(parameters.twin(arena, "optimizer moments"));
        }
        return List.copyOf(moments.subList(0, count));
    }

    List<Weight> list() {
        return list;
    }

    long count() {
        return list.stream().mapToLong(weight -> weight.shape().elements()).sum();
    }

    Weight named(String name) {
        return list.stream()
                .filter(weight -> weight.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No weight is named '" + name + "'; there are "
                        + list.stream().map(Weight::name).toList()));
    }

    void initialize(long seed) {
        for (int index = 0; index < list.size(); index++) {
            Weight weight = list.get(index);
            Tensor values = Tensor.zeros(weight.shape().toArray());
            weight.spec().initializer().fill(values, new Philox(seed, STREAM + index));
            weight.set(values);
        }
    }
}
