# Writes keras_operations.keras and .json: a model with one output for each operation, and what Keras predicts.
import os; os.environ['KERAS_BACKEND']='tensorflow'; os.environ['TF_CPP_MIN_LOG_LEVEL']='3'
import keras, numpy as np, json
from keras import ops, layers
keras.utils.set_random_seed(7)
x=keras.Input((5,4),name='x'); p=keras.Input((5,4),name='p'); ids=keras.Input((5,),dtype='int32',name='ids')
o=[]
def out(name,v): o.append((name,v))
out('arith', (x*2.0+p-1.0)/(p+3.0))
out('right', 2.0-x); out('rdiv', 1.0/p)
out('power', ops.power(p,1.5)); out('sqrt', ops.sqrt(p)); out('rsqrt', ops.rsqrt(p)); out('log', ops.log(p)); out('log1p', ops.log1p(p))
out('exp', ops.exp(x)); out('tanh', ops.tanh(x)); out('sigmoid', ops.sigmoid(x)); out('relu', ops.relu(x)); out('leaky', ops.leaky_relu(x,0.3)); out('gelu', ops.gelu(x)); out('softmax', ops.softmax(x))
out('abs', ops.abs(x)); out('neg', -x); out('sign', ops.sign(x)); out('floor', ops.floor(x)); out('round', ops.round(x)); out('clip', ops.clip(x,-0.5,0.5))
out('max2', ops.maximum(x,p)); out('min2', ops.minimum(x,0.25)); out('where', ops.where(x>0.0,x,p*0.5))
out('mean', ops.mean(x,axis=1)); out('sumkeep', ops.sum(x,axis=-1,keepdims=True)); out('maxr', ops.max(x,axis=[1,2])); out('minr', ops.min(x,axis=2))
out('getlast', x[:,-1,:]); out('getrange', x[:,1:4,::2]); out('getell', x[...,0]); out('getcol', x[:,:,1:2])
out('reshape', ops.reshape(x,(-1,10,2))); out('transpose', ops.transpose(x,(0,2,1))); out('expand', ops.expand_dims(x,2)); out('squeeze', ops.squeeze(x[:,:,1:2],-1))
out('matmul', ops.matmul(x,ops.transpose(p,(0,2,1)))); out('concat', ops.concatenate([x,p],axis=1)); out('concat2', ops.concatenate([x,p],axis=-1))
m=ops.not_equal(ids,0)
out('maskf', ops.cast(m,'float32')); out('masked', x*ops.expand_dims(ops.cast(m,'float32'),-1))
out('notm', ops.cast(ops.logical_not(m),'float32')); out('cmp', ops.cast(ops.logical_and(x>0.1,x<=0.9),'float32')); out('onesl', ops.ones_like(x)); out('anyr', ops.cast(ops.any(x>1.0,axis=-1),'float32'))
out('stop', ops.stop_gradient(x)); out('square', ops.square(x)); out('ids2', ops.cast(ids,'float32')*0.5)
e=layers.Embedding(9,3,mask_zero=True,name='emb')(ids)
out('lstm_computed_mask', layers.LSTM(3,return_sequences=True,name='lstm')(e, mask=ops.logical_and(ops.not_equal(ids,0),ops.not_equal(ids,3))))
out('lstm_dropped', layers.LSTM(2,name='lstm2')(e*2.0))
model=keras.Model([x,p,ids],[v for _,v in o])
for w in model.weights:
    w.assign(np.random.RandomState(len(w.path)).uniform(-.6,.6,w.shape).astype('float32'))
r=np.random.RandomState(3)
X=r.uniform(-1.5,1.5,(3,5,4)).astype('float32'); P=r.uniform(.2,2,(3,5,4)).astype('float32'); I=np.array([[1,3,0,2,5],[0,0,4,3,8],[0,0,0,0,0]],'int32')
Y=model.predict([X,P,I],verbose=0)
model.save('keras_operations.keras')
def t(a): return {'shape':list(a.shape),'data':[round(float(v),8) for v in np.asarray(a,'float64').ravel()]}
json.dump({'source':'Keras %s, TensorFlow'%keras.__version__,'inputs':[t(X),t(P),t(I)],'names':[n for n,_ in o],'outputs':[t(y) for y in Y]},open('keras_operations.json','w'))
