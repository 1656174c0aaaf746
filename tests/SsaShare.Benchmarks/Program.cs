using SsaShare.Benchmarks;

switch (args)
{
    case ["grpc", .. string[] rest]:
        return await GrpcBench.RunAsync(rest);
    case ["ingest", .. string[] rest]:
        return await IngestBench.RunAsync(rest);
    case ["decide", .. string[] rest]:
        return await DecideBench.RunAsync(rest);
    case ["log", .. string[] rest]:
        return await LogBench.RunAsync(rest);
    case ["audit", .. string[] rest]:
        return await AuditBench.RunAsync(rest);
    case ["exchange", .. string[] rest]:
        return await ExchangeBench.RunAsync(rest);
    case ["formats", .. string[] rest]:
        return FormatsBench.Run(rest);
    case [ReadRun.Word, { } format, { } file]:
        return ReadRun.Run(format, file);
    case ["sgp4", .. string[] rest]:
        return await Sgp4Bench.RunAsync(rest);
    case ["propagate", .. string[] rest]:
        return PropagateBench.Run(rest);
    case ["od", .. string[] rest]:
        return OdBench.Run(rest);
    case ["screen", .. string[] rest]:
        return ScreenBench.Run(rest);
    case ["pc", .. string[] rest]:
        return PcBench.Run(rest);
    case [PublishingNode.Word, { } folder]:
        return await PublishingNode.RunAsync(folder);
    case [BadPeer.Word, { } folder, { } endpoint, { } agreement]:
        return await BadPeer.RunAsync(folder, new Uri(endpoint), agreement);
    default:
        Console.Error.WriteLine($"usage: bench grpc [ROUNDS] | ingest [--rows N] | decide [--records N] | log [--entries N] | audit [--entries N] [--records N] | {ExchangeBench.Usage} | {FormatsBench.Usage} | sgp4 [--rounds N] | {PropagateBench.Usage} | od [--rounds N] | {ScreenBench.Usage} | {PcBench.Usage}");
        return 2;
}
