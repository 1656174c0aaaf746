using System.Globalization;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using SsaShare.Agreements;

namespace SsaShare.Scenario.Tests.Trust;

/// <summary>Envelopes that are not what they should be, and agreements that are not in force.</summary>
[Collection(TrustTests.Name)]
public sealed class AgreementTests(TrustFixture trust)
{
    private const int AgreementRefused = 121, PullRefused = 131;

    [Theory]
    [InlineData("payload")]
    [InlineData("sig")]
    public async Task Envelope_WithAlteredPayloadOrSignature_IsRefusedLoggedAndNotKept(string member)
    {
        var partner = await trust.NewPartnerAsync();
        var envelope = partner.Sign(Everything(partner), partner.Card, trust.Node.Card);
        string json = Encoding.UTF8.GetString(envelope.ToJson()), start = $"\"{member}\": \"";
        Assert.Contains(start, json, StringComparison.Ordinal);
        int at = json.IndexOf(start, StringComparison.Ordinal) + start.Length + 20;
        string altered = json[..at] + (json[at] == 'A' ? 'B' : 'A') + json[(at + 1)..];
        var status = await trust.RefusedAsync(StatusCode.PermissionDenied, AgreementRefused, () => partner.DeliverAsync(trust.Node, Encoding.UTF8.GetBytes(altered)));
        Assert.Contains(status.Detail[..30], await trust.RefusalOfAsync(partner), StringComparison.Ordinal);
        Assert.False(await IsKeptAsync(envelope.Id));
    }

    [Fact]
    public async Task Envelope_WithoutAnySignature_IsRefusedAndNotKept()
    {
        var partner = await trust.NewPartnerAsync();
        var draft = AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(Everything(partner))).Value!;
        var envelope = AgreementEnvelope.Of(Agreement.Fix(draft, party => party == partner.Partner ? partner.Card : trust.Node.Card));
        var refused = await Assert.ThrowsAsync<RpcException>(() => partner.DeliverAsync(trust.Node, envelope.ToJson()));
        Assert.True(refused.StatusCode is StatusCode.PermissionDenied or StatusCode.InvalidArgument, refused.ToString());
        Assert.False(await IsKeptAsync(envelope.Id));
    }

    [Fact]
    public async Task Envelope_BroughtByOneWhoIsNotItsParty_IsRefusedAndNotKept()
    {
        var envelope = trust.Pacific.Sign(Yaml.Everything("pacific", "atlantic", "Carried by another"), trust.Pacific.Card, trust.Node.Card);
        await trust.RefusedAsync(StatusCode.PermissionDenied, AgreementRefused, () => trust.Caribbean.DeliverAsync(trust.Node, envelope.ToJson()));
        Assert.False(await IsKeptAsync(envelope.Id));
    }

    [Fact]
    public async Task Envelope_OfOthers_IsRefusedAndNotKept()
    {
        var envelope = trust.Pacific.Sign(Yaml.Everything("pacific", "caribbean", "Between others"), trust.Pacific.Card, trust.Caribbean.Card);
        await trust.RefusedAsync(StatusCode.PermissionDenied, AgreementRefused, () => trust.Pacific.DeliverAsync(trust.Node, envelope.ToJson()));
        Assert.False(await IsKeptAsync(envelope.Id));
    }

    [Fact]
    public async Task Envelope_NamingAnotherKeyThanThePinned_IsRefusedAndNotKept()
    {
        var partner = await trust.NewPartnerAsync();
        using var impostor = ActingPartner.Create(Path.GetDirectoryName(trust.Node.Folder.Path)!, partner.Partner.Value);
        var envelope = impostor.Sign(Everything(partner), impostor.Card, trust.Node.Card);
        await trust.RefusedAsync(StatusCode.PermissionDenied, AgreementRefused, () => partner.DeliverAsync(trust.Node, envelope.ToJson()));
        Assert.False(await IsKeptAsync(envelope.Id));
    }

    [Fact]
    public async Task Pull_UnderAgreementThatLacksASignature_IsRefused()
    {
        var partner = await trust.NewPartnerAsync();
        var envelope = partner.Sign(Everything(partner), partner.Card, trust.Node.Card);
        var kept = await partner.DeliverAsync(trust.Node, envelope.ToJson());
        Assert.Equal(Protocol.Agreement.V1.AgreementState.Proposed, kept.State);
        await trust.RefusedAsync(StatusCode.FailedPrecondition, PullRefused, () => PullAsync(partner, envelope.Id));
        Assert.Contains("not in force", await trust.RefusalOfAsync(partner), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_UnderUnknownOrOthersAgreement_GetsTheSameAnswer()
    {
        var partner = await trust.NewPartnerAsync();
        var others = await trust.Caribbean.AgreeAsync(trust.Node, Yaml.Everything("caribbean", "atlantic"));
        var unknown = new AgreementId(Signing.Hash256.Of("nobody's"u8));
        var first = await trust.RefusedAsync(StatusCode.NotFound, PullRefused, () => PullAsync(partner, unknown));
        var second = await trust.RefusedAsync(StatusCode.NotFound, PullRefused, () => PullAsync(partner, others));
        Assert.Equal(first, second);
        Assert.Contains("\"pull\"", await trust.RefusalOfAsync(partner), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_UnderExpiredAgreement_IsRefusedAndLogged()
    {
        var partner = await trust.NewPartnerAsync();
        var until = TimeProvider.System.GetUtcNow().AddSeconds(12);
        var id = await partner.AgreeAsync(trust.Node, Everything(partner).Replace("2036-01-01T00:00:00Z", until.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await PullAsync(partner, id);
        await Task.Delay(until.AddSeconds(1) - TimeProvider.System.GetUtcNow());
        var status = await trust.RefusedAsync(StatusCode.FailedPrecondition, PullRefused, () => PullAsync(partner, id));
        Assert.Contains("Expired", status.Detail, StringComparison.Ordinal);
        Assert.Contains("Expired", await trust.RefusalOfAsync(partner), StringComparison.Ordinal);
    }

    private static string Everything(ActingPartner partner) => Yaml.Everything(partner.Partner.Value, "atlantic");

    private Task<Protocol.Exchange.V1.PullResponse> PullAsync(ActingPartner partner, AgreementId id)
        => partner.Exchange(trust.Node).PullAsync(new() { AgreementId = ByteString.CopyFrom(id.Value.ToArray()), RecordsMax = 10 }).ResponseAsync;

    private async Task<bool> IsKeptAsync(AgreementId id)
        => await trust.Node.ScalarAsync<long>($"SELECT (SELECT count(*) FROM agreement WHERE id = '\\x{id}') + (SELECT count(*) FROM agreement_change WHERE agreement = '\\x{id}')") > 0;
}
