using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using SsaShare.Signing;
using SsaShare.Storage.Tests;
using SsaShare.Tests;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>A node's certificate runs out: nobody takes it any more in either direction, until its operator has made a new one.</summary>
public sealed class CertificateExpiryTests(TestCluster cluster)
{
    private const int PullRetried = 211, WitnessSilent = 243;

    [Fact]
    public async Task Node_WhoseCertificateRunsOut_IsCutOffUntilRotatedAndMissesNothing()
    {
        Assert.SkipUnless(Nightly.IsAsked, "takes long: ./ssa test --nightly");
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var atlantic = await federation.AddAsync("atlantic");
        var pacific = await federation.AddAsync("pacific");
        await federation.StartAsync();
        var acknowledged = new Acknowledgements();
        foreach (var node in federation.Nodes)
        {
            await node.PublishSensorsAsync("RADAR");
            await acknowledged.AddSensorsAsync(node);
        }
        var agreement = await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), atlantic, pacific);
        await using var back = new GoingBack(federation.Nodes);

        // The same key, so the pin on the card stays right; only the dates are over.
        await atlantic.Process.DisposeAsync();
        ReplaceCertificate(atlantic, TimeProvider.System.GetUtcNow().AddSeconds(-1));
        await atlantic.StartAsync();
        await acknowledged.PublishAsync(pacific, TdmFile.Random(50, random));
        await pacific.Process.LoggedAsync(PullRetried, "atlantic");
        await atlantic.Process.LoggedAsync(WitnessSilent, "pacific");
        Assert.Equal(0L, await atlantic.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 1"));
        // Its own operator does not take it for the node either, and needs no connection to mend it.
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(async () => await atlantic.Admin.GetStatusAsync(new()))).StatusCode);

        await atlantic.Process.DisposeAsync();
        var rotated = await SsaProcess.RunAsync(["node", "rotate", "--dir", atlantic.Folder.Path, "--tls", "--reason", "it has run out"]);
        Assert.True(rotated.ExitCode == 0, rotated.ToString());
        await atlantic.StartAsync();
        // By the program: the node's TLS key is not the one that this test knew.
        var file = TdmFile.Random(50, random);
        string path = Path.Combine(federation.Root, file.Name);
        await File.WriteAllBytesAsync(path, file.Content, TestContext.Current.CancellationToken);
        var published = await SsaProcess.RunAsync(["publish", path, "--dir", atlantic.Folder.Path]);
        Assert.True(published.ExitCode == 0, published.ToString());
        acknowledged.Add(atlantic, file);
        await new Invariants(federation, acknowledged, Flow.Both(atlantic, pacific, agreement)).CheckAsync(back);
    }

    private static void ReplaceCertificate(ScenarioNode node, DateTimeOffset until)
    {
        using var old = KeyFile.ReadCertificate(node.Folder.TlsFile);
        using var key = old.GetECDsaPrivateKey()!;
        var request = new CertificateRequest(old.SubjectName, key, HashAlgorithmName.SHA256);
        foreach (var extension in old.Extensions) request.CertificateExtensions.Add(extension);
        using var made = request.CreateSelfSigned(until.AddDays(-1), until);
        File.Delete(node.Folder.TlsFile);
        KeyFile.CreateNew(node.Folder.TlsFile, made);
    }
}
