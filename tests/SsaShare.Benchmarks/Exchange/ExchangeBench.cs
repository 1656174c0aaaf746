namespace SsaShare.Benchmarks;

/// <summary>`bench exchange`: what an exchange between nodes costs, each node a process with a PostgreSQL server of its own, in parts that can be run alone.</summary>
public static class ExchangeBench
{
    /// <summary>In the order in which they run.</summary>
    private static readonly (string Name, Func<ExchangeBenchOptions, Task> RunAsync)[] Parts =
    [
        ("speed", SpeedPart.RunAsync),
        ("latency", LatencyPart.RunAsync),
        ("growth", GrowthPart.RunAsync),
        ("mesh", MeshPart.RunAsync),
        ("peers", PeersPart.RunAsync),
    ];

    /// <summary>How it is called.</summary>
    public static string Usage => $"exchange [--part all|{string.Join('|', Parts.Select(part => part.Name))}] [--records N] [--rounds N] [--full]";

    /// <param name="args"><see cref="Usage"/>.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (!ExchangeBenchOptions.TryParse(args, out var options) || (options.Part != "all" && Parts.All(part => part.Name != options.Part)))
        {
            await Console.Error.WriteLineAsync($"usage: bench {Usage}");
            return 2;
        }
        foreach (var part in Parts)
            if (options.Part == "all" || options.Part == part.Name) await part.RunAsync(options);
        return 0;
    }
}
