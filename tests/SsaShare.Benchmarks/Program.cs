using SsaShare.Benchmarks;

switch (args)
{
    case ["grpc", .. string[] rest]:
        return await GrpcBench.RunAsync(rest);
    default:
        Console.Error.WriteLine("usage: bench grpc [ROUNDS]");
        return 2;
}
