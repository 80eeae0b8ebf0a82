package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * What a layer that is made of other layers is made of. Where the layer is called its parts run, wired into the model's graph
 * as if they stood there: passes, masks, streams and gradients see the parts alone.
 */
public interface Parts {

    /**
     * Holds what a call is given against what the whole layer takes, before its parts are wired.
     *
     * @param shapes of what it reads, batch first; batch and time may be unknown
     * @throws dev.gatun.memory.ShapeException if they do not fit: names layer, expected, got, fix
     */
    void require(CallArguments<Shape> shapes);

    /**
     * The part layers.
     *
     * @return in the order of their weights
     */
    List<Layer> layers();

    /**
     * Wires the parts for one call; all calls are made of the same part layers, which so share their weights.
     *
     * @param arguments what the whole layer reads, each an entry of its own
     * @return what it makes, in the order of {@link LayerType#outputs}
     */
    List<Node> call(CallArguments<Input> arguments);

    /**
     * Where Keras's files hold the weights of a part, below the group of the whole.
     *
     * @param part one of {@link #layers}
     * @return path of the part's group, for example {@code forward_layer}
     */
    String kerasGroup(Layer part);

    /**
     * Where Keras's files hold one weight of a part, below the group of the whole.
     *
     * @param part one of {@link #layers}
     * @param path of the weight in the part's group, for example {@code cell/vars/0}
     * @return below {@link #kerasGroup}, unless the whole holds its parts in another form than they have by themselves
     */
    default String kerasWeight(Layer part, String path) {
        return kerasGroup(part) + "/" + path;
    }
}
