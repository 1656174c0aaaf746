using SsaShare.Peering;
using SsaShare.Signing;
using SsaShare.Signing.Tests.Keys.Pkcs11;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Keys;

/// <summary>Nodes whose keys are encrypted, in a token, or of two algorithms at once exchange and are audited as any other: a key names its algorithm, and nothing else changes.</summary>
public sealed class KeptKeysTests(TestCluster cluster)
{
    private const int Observations = 200;

    [Fact]
    public Task Exchange_KeysEncryptedWithAPassphrase_IsSoundAndVerifies()
        => ExchangeAsync(folder => (new NewKeys(Passphrase: Passphrase.Of("correct horse battery")), [new("Keys:PassphraseFile", Secret(folder, "correct horse battery"))]));

    [Fact]
    public Task Exchange_KeysInAToken_IsSoundAndVerifies()
    {
        TokenKeys.Generate(SoftHsm.Uri("signing"), SignatureAlgorithm.EcdsaP256Sha256).Dispose();
        TokenKeys.Generate(SoftHsm.Uri("log"), SignatureAlgorithm.Ed25519).Dispose();
        TokenKeys.Generate(SoftHsm.Uri("witness"), SignatureAlgorithm.Ed25519).Dispose();
        return ExchangeAsync(_ => (new NewKeys(SigningToken: SoftHsm.Uri("signing"), LogToken: SoftHsm.Uri("log"), WitnessToken: SoftHsm.Uri("witness")), []));
    }

    [Fact]
    public Task Exchange_DocumentsSignedByAHybrid_IsSoundAndVerifies()
    {
        Assert.SkipUnless(SignatureAlgorithm.MlDsa44EcdsaP256.IsSupported(), "this platform has no ML-DSA: OpenSSL 3.5 or later brings it");
        return ExchangeAsync(_ => (new NewKeys(SignatureAlgorithm.MlDsa44EcdsaP256), []));
    }

    private async Task ExchangeAsync(Func<string, (NewKeys Keys, KeyValuePair<string, string>[] Settings)> kept)
    {
        await using var federation = new ScenarioFederation(cluster);
        var (keys, settings) = kept(federation.Root);
        var atlantic = await federation.AddAsync("atlantic", keys, settings);
        var pacific = await federation.AddAsync("pacific");
        await federation.StartAsync();
        await atlantic.PublishSensorsAsync("RADAR");
        await pacific.PublishSensorsAsync("CAMERA");
        await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), atlantic, pacific);
        await ScenarioFederation.AgreeAsync(Yaml.Everything("pacific", "atlantic", "Back"), pacific, atlantic);
        await atlantic.PublishAsync(TdmFile.Random(Observations, new Random(1)));
        await pacific.PublishAsync(TdmFile.Random(Observations, new Random(2), "CAMERA"));
        foreach (var node in federation.Nodes)
            await Eventually.IsAsync(() => node.ScalarAsync<long>("SELECT count(*) FROM record"), count => count == 2 * (Observations + 1), $"records at {node.Partner}");
        await Task.WhenAll(federation.Nodes.Select(node => Eventually.TrueAsync(
            async () => await node.ScalarAsync<long>("SELECT count(*) FROM manifest_issued m WHERE NOT EXISTS (SELECT 1 FROM receipt_received r WHERE r.manifest = m.id)") == 0, $"receipts at {node.Partner}")));
        foreach (var node in federation.Nodes)
        {
            await Ledger.AssertSoundAsync(node);
            await Evidence.AssertVerifiesAsync(node, federation);
        }
    }

    private static string Secret(string folder, string text)
    {
        string path = Path.Combine(folder, "passphrase");
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
