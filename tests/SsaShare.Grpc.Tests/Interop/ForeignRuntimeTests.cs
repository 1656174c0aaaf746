using Grpc.Net.Client;

namespace SsaShare.Grpc.Tests.Interop;

/// <summary>Every interoperability case against another language's runtime, in both directions.</summary>
public abstract class ForeignRuntimeTests(InteropLanguage language, ForeignRuntimeTests.Servers servers)
{
    public static TheoryData<string> Cases => [.. InteropCases.All.Keys];

    [Theory, MemberData(nameof(Cases))]
    public async Task InteropCase_TheirClientAndOurServer_Passes(string name)
    {
        string[] command = await language.CommandAsync("client", $"127.0.0.1:{await servers.OurPortAsync()}", name);
        (int exitCode, string output) = await InteropProcess.RunAsync(command);
        Assert.True(exitCode == 0, output);
        Assert.Contains($"{name}: passed", output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task InteropCase_OurClientAndTheirServer_Passes(string name)
        => await InteropCases.All[name](await servers.ChannelToTheirsAsync(language));

    /// <summary>One server of ours and one of theirs for all cases.</summary>
    public sealed class Servers : IAsyncDisposable
    {
        private readonly SemaphoreSlim _one = new(1);
        private TestServer? _ours;
        private InteropProcess? _theirs;
        private GrpcChannel? _channel;

        public async Task<int> OurPortAsync()
        {
            await _one.WaitAsync();
            try
            {
                _ours ??= await TestServer.StartAsync();
                return _ours.Port;
            }
            finally
            {
                _one.Release();
            }
        }

        public async Task<GrpcChannel> ChannelToTheirsAsync(InteropLanguage language)
        {
            string[] command = await language.CommandAsync("server");
            await _one.WaitAsync();
            try
            {
                if (_channel is null)
                {
                    (_theirs, int port) = await InteropProcess.StartServerAsync(command);
                    _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
                }

                return _channel;
            }
            finally
            {
                _one.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            _channel?.Dispose();
            _theirs?.Dispose();
            if (_ours is not null)
            {
                await _ours.DisposeAsync();
            }

            _one.Dispose();
        }
    }
}

public sealed class GrpcJsTests(ForeignRuntimeTests.Servers servers)
    : ForeignRuntimeTests(InteropLanguage.JavaScript, servers), IClassFixture<ForeignRuntimeTests.Servers>;

public sealed class PythonGrpcioTests(ForeignRuntimeTests.Servers servers)
    : ForeignRuntimeTests(InteropLanguage.Python, servers), IClassFixture<ForeignRuntimeTests.Servers>;
