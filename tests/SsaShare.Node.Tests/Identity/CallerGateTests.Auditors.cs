using System.Net;
using Grpc.Core;
using SsaShare.Peering;
using SsaShare.Protocol.Log.V1;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

/// <summary>Auditors before the gate: the stranger's operator plays one.</summary>
public sealed partial class CallerGateTests
{
    [Fact]
    public async Task Call_OfAnAuditor_IsLetInToReadTheLogAndToNothingElse()
    {
        await AddAuditorAsync();
        var channel = Channel(Operator(_stranger));
        Assert.NotEmpty((await new LogService.LogServiceClient(channel).GetCheckpointAsync(new GetCheckpointRequest())).CheckpointNote);
        Assert.Equal((HttpStatusCode.OK, "atlantic Auditor"), await GetAsync("/log/caller", Operator(_stranger)));
        await RefusedAsync(StatusCode.PermissionDenied, "The auditor of 'atlantic'", AdminAsync(channel));
    }

    [Fact]
    public async Task Call_OfAnAuditorWhoIsAddedAndRemoved_FollowsOnTheSameConnection()
    {
        var client = new LogService.LogServiceClient(Channel(Operator(_stranger)));
        await RefusedAsync(StatusCode.Unauthenticated, "pinned", client.GetCheckpointAsync(new GetCheckpointRequest()).ResponseAsync);
        await AddAuditorAsync();
        Assert.NotEmpty((await client.GetCheckpointAsync(new GetCheckpointRequest())).CheckpointNote);
        Assert.True(await _home.Auditors.TryRemoveAsync("inspector", "a test", CancellationToken.None));
        await RefusedAsync(StatusCode.Unauthenticated, "pinned", client.GetCheckpointAsync(new GetCheckpointRequest()).ResponseAsync);
    }

    [Fact]
    public async Task Call_OfAnAuditorWhoseKeyACardClaimsLater_IsStillTheAuditors()
    {
        await AddAuditorAsync();
        Assert.Null(await _home.Directory.TryAddAsync(_stranger.Card, CancellationToken.None));
        await RefusedAsync(StatusCode.PermissionDenied, "The auditor of 'atlantic'", AdminAsync(Channel(Operator(_stranger))));
    }

    [Fact]
    public async Task Add_OfAKeyThatIsANodesOrAnOperators_IsRefused()
    {
        foreach (var certificate in new[] { _pacific.Identity.TlsCertificate, Operator(_pacific), _atlantic.Identity.TlsCertificate, Operator(_atlantic) })
            Assert.NotNull(await _home.Auditors.TryAddAsync("inspector", SpkiPin.Of(certificate), "a test", CancellationToken.None));
        Assert.Empty(_home.Auditors.All);
    }

    private async Task AddAuditorAsync()
        => Assert.Null(await _home.Auditors.TryAddAsync("inspector", SpkiPin.Of(Operator(_stranger)), "a test", CancellationToken.None));
}
