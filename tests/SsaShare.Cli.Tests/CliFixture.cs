using SsaShare.Scenario.Tests;
using SsaShare.Storage.Tests;

namespace SsaShare.Cli.Tests;

/// <summary>One running node with something in its log, and two partners whose nodes do not run: pacific is pinned, the stranger is not.</summary>
public sealed class CliFixture(TestCluster cluster) : IAsyncLifetime
{
    private readonly ScenarioFederation _federation = new(cluster);

    public ScenarioNode Node { get; private set; } = null!;
    internal ActingPartner Pacific { get; private set; } = null!;
    internal ActingPartner Stranger { get; private set; } = null!;

    /// <summary>The node's exported evidence.</summary>
    public string Bundle { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Node = await _federation.AddAsync("atlantic");
        Pacific = ActingPartner.Create(_federation.Root, "pacific");
        Stranger = ActingPartner.Create(_federation.Root, "stranger");
        await _federation.StartAsync();
        await Node.PinAsync(Pacific.Card);
        await Node.PublishSensorsAsync("RADAR");
        var agreement = await Pacific.AgreeAsync(Node, Yaml.Everything("pacific", "atlantic"));
        await Node.PublishAsync(TdmFile.Random(20, new Random(1)));
        await Pacific.Exchange(Node).PullAsync(new() { AgreementId = Google.Protobuf.ByteString.CopyFrom(agreement.Value.ToArray()), RecordsMax = 100 });
        Bundle = In("atlantic.evidence");
        Assert.Equal(0, (await SsaAsync("audit", "export", "--dir", Node.Folder.Path, "--out", Bundle)).ExitCode);
    }

    /// <summary>A file of the federation's folder.</summary>
    public string In(string name) => Path.Combine(_federation.Root, name);

    /// <summary>Writes a file of the federation's folder.</summary>
    public string Write(string name, string content)
    {
        File.WriteAllText(In(name), content);
        return In(name);
    }

    public static Task<ProgramEnd> SsaAsync(params string[] words) => SsaProcess.RunAsync(words);

    public async ValueTask DisposeAsync()
    {
        Pacific?.Dispose();
        Stranger?.Dispose();
        await _federation.DisposeAsync();
    }
}

/// <summary>Classes that share the fixture's node.</summary>
[CollectionDefinition(Name)]
public sealed class CliTests : ICollectionFixture<CliFixture>
{
    public const string Name = "one node";
}
