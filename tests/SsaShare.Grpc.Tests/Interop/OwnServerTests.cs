namespace SsaShare.Grpc.Tests.Interop;

public sealed class OwnServerTests
{
    public static TheoryData<string> Cases => [.. InteropCases.All.Keys];

    [Theory, MemberData(nameof(Cases))]
    public async Task InteropCase_OwnClientAndServer_Passes(string name)
    {
        await using TestServer server = await TestServer.StartAsync();
        await InteropCases.All[name](server.Channel);
    }
}
