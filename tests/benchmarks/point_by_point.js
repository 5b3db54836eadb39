// A small net as objects, the way programs in a browser do it: one point after the other, node by node, link by link.
// Reads lines {weights, points, targets, rate, xs, ys}, then lines with a number of frames: a frame is one step of
// descent from all points and z of the last node over the plane. Answers each with {seconds, weights, field}.

"use strict";

class Link {
  constructor(from, to, weight) {
    this.from = from;
    this.to = to;
    this.weight = weight;
    this.slope = 0;
  }
}

class Node {
  constructor(bias, isLast) {
    this.bias = bias;
    this.isLast = isLast;
    this.inputs = [];
    this.outputs = [];
    this.z = 0;
    this.output = 0;
    this.bySum = 0; // ∂loss/∂z of the point in hand
    this.slope = 0; // the same, summed over points
  }

  forward() {
    this.z = this.bias;
    for (const link of this.inputs) this.z += link.weight * link.from.output;
    this.output = this.isLast ? 1 / (1 + Math.exp(-this.z)) : Math.tanh(this.z);
  }

  backward() {
    let byOutput = 0;
    for (const link of this.outputs) byOutput += link.weight * link.to.bySum;
    this.bySum = byOutput * (1 - this.output * this.output);
  }

  collect() {
    this.slope += this.bySum;
    for (const link of this.inputs) link.slope += this.bySum * link.from.output;
  }

  update(rate) {
    this.bias -= rate * this.slope;
    this.slope = 0;
    for (const link of this.inputs) {
      link.weight -= rate * link.slope;
      link.slope = 0;
    }
  }
}

function build(weights) {
  const layers = [weights[0].W.map(() => new Node(0, false))];
  weights.forEach(({ W, b }, k) => {
    const before = layers[k];
    const layer = b.map((bias) => new Node(bias, k === weights.length - 1));
    layer.forEach((node, j) => {
      before.forEach((from, i) => {
        const link = new Link(from, node, W[i][j]);
        from.outputs.push(link);
        node.inputs.push(link);
      });
    });
    layers.push(layer);
  });
  return layers;
}

function forward(layers, x, y) {
  layers[0][0].output = x;
  layers[0][1].output = y;
  for (let k = 1; k < layers.length; k++) for (const node of layers[k]) node.forward();
  return layers[layers.length - 1][0];
}

function step(layers, { points, targets, rate }) {
  for (let i = 0; i < points.length; i++) {
    const last = forward(layers, points[i][0], points[i][1]);
    last.bySum = last.output - targets[i];
    for (let k = layers.length - 2; k > 0; k--) for (const node of layers[k]) node.backward();
    for (let k = 1; k < layers.length; k++) for (const node of layers[k]) node.collect();
  }
  for (let k = 1; k < layers.length; k++) for (const node of layers[k]) node.update(rate / points.length);
}

function field(layers, { xs, ys }) {
  const z = new Float64Array(xs.length * ys.length);
  for (let i = 0; i < ys.length; i++) {
    for (let j = 0; j < xs.length; j++) z[i * xs.length + j] = forward(layers, xs[j], ys[i]).z;
  }
  return z;
}

function weightsOf(layers) {
  return layers.slice(1).map((layer) => ({
    W: layer[0].inputs.map((_, i) => layer.map((node) => node.inputs[i].weight)),
    b: layer.map((node) => node.bias),
  }));
}

let told = null;
let layers = null;
require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    const asked = JSON.parse(line);
    if (typeof asked !== "number") {
      told = asked;
      layers = build(told.weights);
      return;
    }
    const begin = process.cpuUsage();
    let z = [];
    for (let i = 0; i < asked; i++) {
      step(layers, told);
      z = field(layers, told);
    }
    const used = process.cpuUsage(begin);
    const seconds = (used.user + used.system) / 1e6 / asked;
    console.log(JSON.stringify({ seconds, weights: weightsOf(layers), field: Array.from(z) }));
  });
