using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Engagement.Core.Benchmarks.OneFigure).Assembly).Run(args);
