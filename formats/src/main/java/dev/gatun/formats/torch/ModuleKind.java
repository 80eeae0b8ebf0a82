package dev.gatun.formats.torch;

/** Classes of PyTorch whose parameters are known, as {@code torch.nn} calls them. */
enum ModuleKind {
    LSTM("LSTM", 4), GRU("GRU", 3), RNN("RNN", 1), LINEAR("Linear", 0), EMBEDDING("Embedding", 0), CONV1D("Conv1d",
            0), LAYER_NORM("LayerNorm", 0), RMS_NORM("RMSNorm",
                    0), BATCH_NORM("BatchNorm1d",
                            0), PRELU("PReLU", 0), GROUP_NORM("GroupNorm", 0), ATTENTION("MultiheadAttention", 0);

    /** The name of the class in PyTorch. */
    final String word;

    /** Blocks of rows in the matrices of a recurrent module; 0 for others. */
    final int gates;

    ModuleKind(String word, int gates) {
        this.word = word;
        this.gates = gates;
    }

    boolean isRecurrent() {
        return gates > 0;
    }

    /** Whether a module may as well be of another class by its parameters. */
    boolean isLike(ModuleKind other, boolean hasBias) {
        boolean isNorm = isGiven(this) && isGiven(other);
        return this == other || isNorm
                || !hasBias && (isMatrix() && other.isMatrix() || isVector() && other.isVector());
    }

    /** With a weight and a bias for each feature, of what is given. */
    private static boolean isGiven(ModuleKind kind) {
        return kind == LAYER_NORM || kind == GROUP_NORM;
    }

    /** Whether it scales what it is given and changes neither features nor steps. */
    boolean isNorm() {
        return this == LAYER_NORM || this == RMS_NORM || this == GROUP_NORM || this == BATCH_NORM;
    }

    private boolean isMatrix() {
        return this == LINEAR || this == EMBEDDING;
    }

    private boolean isVector() {
        return this == LAYER_NORM || this == RMS_NORM || this == PRELU;
    }

    /** The class of a name in PyTorch; null if it is not known. */
    static ModuleKind ofWord(String word) {
        for (ModuleKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        return null;
    }

    /** The recurrent class with so many blocks; null if there is none. */
    static ModuleKind ofGates(long gates) {
        for (ModuleKind kind : values()) {
            if (kind.gates == gates && kind.isRecurrent()) {
                return kind;
            }
        }
        return null;
    }
}
