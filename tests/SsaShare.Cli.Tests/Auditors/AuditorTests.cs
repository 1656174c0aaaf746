using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using SsaShare.Exchange;
using SsaShare.Node;
using SsaShare.Peering;
using SsaShare.Protocol.Audit.V1;
using SsaShare.Protocol.Log.V1;
using SsaShare.Scenario.Tests;
using SsaShare.Signing;

namespace SsaShare.Cli.Tests;

/// <summary>An auditor with a certificate of their own at a running node.</summary>
[Collection(CliTests.Name)]
public sealed class AuditorTests(CliFixture cli)
{
    /// <summary>What an auditor may call, beside what is open to everybody.</summary>
    private static readonly string[] Readable = ["ssashare.audit.v1.AuditService", "ssashare.log.v1.LogService"];

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private string Dir => cli.Node.Folder.Path;

    [Fact]
    public async Task Auditor_WithTheCardAndAnOwnCertificate_SearchesExplainsAndIsRefusedOnceRemoved()
    {
        var (name, file) = await AddAsync();
        string[] auditor = ["--card", cli.Node.Folder.CardFile, "--cert", file];
        Assert.Contains(name, (await OkAsync("auditor", "list", "--dir", Dir)).Output, StringComparison.Ordinal);

        string found = (await OkAsync(["audit", "search", "--peer", "pacific", "--kind", "items-issued", .. auditor])).Output;
        Assert.Matches(@"items-issued +pacific +[0-9a-f]{16} +\d+ items of manifest [0-9a-f]{16}: \d+ by ", found);
        Assert.Matches($@"auditor +- +- +auditor {name} is added by the operator of atlantic", (await OkAsync(["audit", "search", "--kind", "auditor", "--count", "0", .. auditor])).Output);

        string record = await RecordAsync();
        string explained = (await OkAsync(["agreement", "explain", "--record", record, "--reader", "pacific", .. auditor])).Output;
        Assert.Contains($"record {record}", explained, StringComparison.Ordinal);

        await OkAsync("auditor", "remove", "--name", name, "--dir", Dir);
        var refused = await CliFixture.SsaAsync(["audit", "search", .. auditor]);
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("No pinned node card holds the key of your certificate", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auditor_CallsEveryMethodOfEveryOtherService_IsRefused()
    {
        var (_, file) = await AddAsync();
        using var certificate = KeyFile.ReadCertificate(file);
        using var channel = PinnedChannel.Open(cli.Node.Card.Card, certificate);
        var methods = Methods().ToList();
        Assert.True(methods.Count > 30, $"{methods.Count} methods");
        foreach (var method in methods)
        {
            bool mayCall = Readable.Contains(method.Service.FullName) || CallerRules.IsOpen($"/{method.Service.FullName}/{method.Name}");
            var status = await CallAsync(channel, method.Service.FullName, method.Name);
            Assert.True(status == StatusCode.PermissionDenied != mayCall, $"{method.FullName}: {status}");
        }
        Assert.NotEmpty((await new LogService.LogServiceClient(channel).GetCheckpointAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).CheckpointNote);
        Assert.NotEmpty((await new AuditService.AuditServiceClient(channel).SearchLogAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Entries);
    }

    [Fact]
    public async Task Auditor_OfAnotherNode_IsRefused()
    {
        using var certificate = TlsCertificate.CreateForOperator("somebody", TimeProvider.System.GetUtcNow().AddMinutes(-5));
        string file = cli.In($"{Guid.NewGuid():n}.pem");
        KeyFile.CreateNew(file, certificate);
        var refused = await CliFixture.SsaAsync("audit", "search", "--card", cli.Node.Folder.CardFile, "--cert", file);
        Assert.Equal(4, refused.ExitCode);
    }

    [Fact]
    public async Task Search_ByRecord_FindsItsPublicationAndWhoWasGivenIt()
    {
        var found = await JsonAsync("--record", await RecordAsync());
        Assert.Equal(["publication", "items-issued"], found.Select(entry => entry.GetProperty("kind").GetString()).Take(2));
        Assert.Equal("pacific", found[1].GetProperty("peer").GetString());
    }

    [Fact]
    public async Task Search_PageByPage_GivesTheSameAsAtOnce()
    {
        string[] query = ["--kind", "publication", "--kind", "manifest-issued", "--kind", "items-issued", "--kind", "peer-pinned", "--kind", "agreement"];
        var all = await PageAsync([.. query, "--count", "0"]);
        var first = await PageAsync([.. query, "--count", "2"]);
        Assert.Equal(2, first.Entries.Count);
        var rest = await PageAsync([.. query, "--count", "0", "--page", first.Next]);
        Assert.Equal(all.Entries.Take(2 + rest.Entries.Count), [.. first.Entries, .. rest.Entries]);
        Assert.True(rest.Entries.Count >= all.Entries.Count - 2);
    }

    [Fact]
    public async Task Search_WithBodies_GivesTheSignedDocuments()
    {
        var found = await JsonAsync("--kind", "publication", "--count", "1", "--bodies");
        Assert.True(SignedDocument.TryParse(JsonSerializer.SerializeToUtf8Bytes(found[0].GetProperty("body")), out var document));
        Assert.True(document.Verify(cli.Node.Card.Card.SigningKey, DocumentContexts.Publication));
    }

    [Theory]
    [InlineData(2, "expected a UTC time", "--since", "whenever"), InlineData(2, "no page", "--page", "xyz"), InlineData(2, "is none of this log", "--page", "00"), InlineData(2, "no entry is of kind 'items'", "--kind", "items")]
    [InlineData(3, "There is no record", "--record", "0123456789"), InlineData(2, "give --card", "--cert", "some.pem"), InlineData(3, "There is no agreement", "--agreement", "0123456789")]
    public async Task Search_OfWhatCannotBe_SaysSoInOneLine(int exitCode, string reason, params string[] words)
    {
        var end = await CliFixture.SsaAsync(["audit", "search", "--dir", Dir, .. words]);
        Assert.Equal(exitCode, end.ExitCode);
        Assert.Contains(reason, end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_OfTheOperatorsOwnKeyOrATakenName_IsRefused()
    {
        var end = await CliFixture.SsaAsync("auditor", "add", "--name", "myself", "--cert", cli.Node.Folder.OperatorFile, "--dir", Dir);
        Assert.Equal(5, end.ExitCode);
        Assert.Contains("the operator of 'atlantic'", end.Errors, StringComparison.Ordinal);
        var (name, _) = await AddAsync();
        Assert.Equal(5, (await CliFixture.SsaAsync("auditor", "add", "--name", name, "--pin", new string('a', 64), "--dir", Dir)).ExitCode);
        Assert.Equal(3, (await CliFixture.SsaAsync("auditor", "remove", "--name", "nobody", "--dir", Dir)).ExitCode);
    }

    private static IEnumerable<MethodDescriptor> Methods()
        => new[] { typeof(SearchLogRequest).Assembly, typeof(Grpc.Health.V1.HealthCheckRequest).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FileDescriptor))
            .SelectMany(property => ((FileDescriptor)property!.GetValue(null)!).Services)
            .SelectMany(service => service.Methods);

    /// <summary>Calls with an empty request: who may not call is refused before it is read.</summary>
    private static async Task<StatusCode> CallAsync(GrpcChannel channel, string service, string method)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            using var call = channel.CreateCallInvoker().AsyncServerStreamingCall(new Method<byte[], byte[]>(MethodType.ServerStreaming, service, method, Bytes, Bytes), null, new CallOptions(cancellationToken: patience.Token), []);
            await call.ResponseStream.MoveNext(patience.Token);
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private async Task<(string Name, string File)> AddAsync()
    {
        string name = $"auditor-{Guid.NewGuid():n}"[..20], file = cli.In($"{name}.pem");
        var made = await OkAsync("auditor", "key", "--name", name, "--out", file);
        using var certificate = KeyFile.ReadCertificate(file);
        Assert.Contains(SpkiPin.Of(certificate).ToString(), made.Output, StringComparison.Ordinal);
        string shared = cli.Write($"{name}-certificate.pem", certificate.ExportCertificatePem());
        await OkAsync("auditor", "add", "--name", name, "--cert", shared, "--dir", Dir);
        return (name, file);
    }

    /// <summary>An id of one of the records that pacific was given.</summary>
    private async Task<string> RecordAsync()
        => Convert.ToHexStringLower(await cli.Node.ScalarAsync<byte[]>("SELECT r.id FROM record r JOIN publication p ON p.key = r.publication JOIN release g ON g.publication = p.id WHERE r.class = 1 ORDER BY p.key, r.index LIMIT 1"));

    private async Task<List<JsonElement>> JsonAsync(params string[] words) => [.. (await ReadAsync(words)).GetProperty("entries").EnumerateArray()];

    private async Task<(List<long> Entries, string Next)> PageAsync(params string[] words)
    {
        var page = await ReadAsync(words);
        return ([.. page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("index").GetInt64())], page.GetProperty("next_page").GetString()!);
    }

    private async Task<JsonElement> ReadAsync(string[] words) => JsonDocument.Parse((await OkAsync(["audit", "search", "--json", "--dir", Dir, .. words])).Output).RootElement;

    private static async Task<ProgramEnd> OkAsync(params string[] words)
    {
        var end = await CliFixture.SsaAsync(words);
        Assert.True(end.ExitCode == 0, end.ToString());
        return end;
    }
}
