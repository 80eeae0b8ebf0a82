package dev.gatun.perf.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** Attention with several heads over one sequence [B,T,I], the heads together as wide as the input. */
final class TorchHeads extends AbstractBlock {

    private final int heads;
    private final int width;
    private final List<Linear> projections = new ArrayList<>();

    TorchHeads(int heads, int width) {
        this.heads = heads;
        this.width = width;
        for (String name : List.of("query", "key", "value", "output")) {
            projections.add(addChildBlock(name, Linear.builder().setUnits((long) heads * width).build()));
        }
    }

    /** Of query, key, value and output. */
    List<Linear> projections() {
        return projections;
    }

    @Override
    protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training,
            PairList<String, Object> parameters) {
        NDArray x = inputs.singletonOrThrow();
        NDArray query = split(projected(0, store, x, training)).mul((float) (1 / Math.sqrt(width)));
        NDArray key = split(projected(1, store, x, training));
        NDArray value = split(projected(2, store, x, training));
        NDArray scores = query.matMul(key.transpose(0, 1, 3, 2)).softmax(-1);
        NDArray joined = scores.matMul(value).transpose(0, 2, 1, 3).reshape(x.getShape());
        return new NDList(projected(3, store, joined, training));
    }

    private NDArray projected(int part, ParameterStore store, NDArray x, boolean training) {
        return projections.get(part).forward(store, new NDList(x), training).singletonOrThrow();
    }

    /** [B,T,H*D] as [B,H,T,D]. */
    private NDArray split(NDArray projected) {
        Shape shape = projected.getShape();
        return projected.reshape(shape.get(0), shape.get(1), heads, width).transpose(0, 2, 1, 3);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
        for (Linear part : projections) {
            part.initialize(manager, type, inputShapes);
        }
    }
}
