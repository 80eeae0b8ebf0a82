package dev.gatun.formats.onnx.mapping;

/** What becomes of the nodes of an operator. */
interface NodeMapping {

    /**
     * @throws NotMapped if the model cannot have it, with the reason
     * @throws Evidence  if an input of the graph is to be read otherwise
     */
    void map(NodeCall call);
}
