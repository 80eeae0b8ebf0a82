package dev.gatun.perf.exchange;

import dev.gatun.memory.Tensor;
import java.util.List;

/** An engine that runs ONNX files; found on the class path as a service, where profile "peers" has put one. */
public interface OnnxEngine {

    /** For messages. */
    String name();

    /**
     * Runs a model once.
     *
     * @param model  the file
     * @param inputs in the order of the model's inputs; whole numbers where it takes these, or true and false
     * @return for each output its numbers, row-major; whole numbers and truth as floats
     * @throws Exception whatever the engine says of the file
     */
    List<float[]> run(byte[] model, List<Tensor> inputs) throws Exception;
}
