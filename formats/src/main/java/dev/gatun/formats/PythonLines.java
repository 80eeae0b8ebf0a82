package dev.gatun.formats;

/** The lines of Python that turn a file that only Python can read safely into safetensors. Each set was run. */
final class PythonLines {

    private static final String SAVE = "; safetensors.torch.save_file({k: v.contiguous().clone() for k, v in d.items()"
            + " if torch.is_tensor(v)}, \"name.safetensors\")";
    private static final String IMPORT = "; turn it into safetensors in Python: import torch, safetensors.torch; d = ";

    /** Of state dicts and of checkpoints that hold one; a module that was saved whole is code, which has to be trusted. */
    static final String STATE_DICT = IMPORT
            + "torch.load(\"name.pt\", map_location=\"cpu\", weights_only=True); d = d.get(\"state_dict\", d)" + SAVE
            + " (if it holds a whole module, and you trust it: weights_only=False, and d = d.state_dict())";

    static final String SCRIPT = IMPORT + "torch.jit.load(\"name.pt\", map_location=\"cpu\").state_dict()" + SAVE;

    static final String EXPORTED = IMPORT + "torch.export.load(\"name.pt2\").state_dict" + SAVE;

    static final String ARRAYS = "; if it holds arrays by name, and you trust it, turn it into safetensors in Python:"
            + " import numpy, pickle, safetensors.numpy; d = pickle.load(open(\"name.pkl\", \"rb\"));"
            + " safetensors.numpy.save_file({k: numpy.ascontiguousarray(v) for k, v in d.items()}, \"name.safetensors\")"
            + " (what joblib wrote: d = joblib.load(\"name.joblib\"))";

    static final String NPZ = "; turn it into safetensors in Python: import numpy, safetensors.numpy;"
            + " safetensors.numpy.save_file(dict(numpy.load(\"name.npz\")), \"name.safetensors\")";

    private PythonLines() {}
}
