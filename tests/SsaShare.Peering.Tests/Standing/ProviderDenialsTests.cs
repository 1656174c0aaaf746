using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

public sealed class ProviderDenialsTests : IAsyncLifetime
{
    private static readonly AgreementId Agreement = new(Hash256.Of("an agreement"u8));
    private readonly ManualTime _time = new();
    private readonly MemoryStandingStore _store;
    private readonly Party _atlantic, _pacific;
    private Home _home = null!;
    private ProviderDenials _denials = null!;

    public ProviderDenialsTests() => (_store, _atlantic, _pacific) = (new MemoryStandingStore(_time), Party.Create("atlantic", _time), Party.Create("pacific", _time));

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific);
        _denials = new ProviderDenials(_atlantic.Identity, _home.Directory, _store, _time, NullLogger<ProviderDenials>.Instance);
    }

    [Fact]
    public async Task Take_TheProvidersWord_IsKeptAndItsRepetitionCostsNothing()
    {
        var refusal = Refuse(Sign(DenialReason.Suspended));
        Assert.Equal((StatusCode.FailedPrecondition, "no"), (refusal.StatusCode, refusal.Status.Detail));
        for (int i = 0; i < 5; i++) await TakeAsync(refusal);
        Assert.Equal(1, _store.DenialsSaved);
        _time.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(Refuse(Sign(DenialReason.Suspended)));
        Assert.Equal(2, _store.DenialsSaved);
        var held = Assert.Single(await _store.ListDenialsAsync(CancellationToken.None));
        Assert.Equal((DenialReason.Suspended, 60.0), (held.Denial.Reason, held.HeardAt.SecondsSince(held.Since)));
    }

    [Fact]
    public async Task Take_AnybodyElsesWord_IsDropped()
    {
        using var stranger = Party.Create("stranger", _time);
        await TakeAsync(Refuse(Sign(DenialReason.Revoked, stranger)));
        await TakeAsync(Refuse(Sign(DenialReason.Revoked, agreement: new AgreementId(Hash256.Of("another"u8)))));
        await TakeAsync(Refuse(Sign(DenialReason.Revoked, receiver: _pacific.Partner)));
        await TakeAsync(new RpcException(new Status(StatusCode.FailedPrecondition, "no word with it")));
        Assert.Equal(0, _store.DenialsSaved);
    }

    [Fact]
    public async Task Take_StoreFails_IsTakenWhenItComesAgain()
    {
        var refusal = Refuse(Sign(DenialReason.Paused));
        _store.Fault = new TimeoutException("The store is away.");
        await TakeAsync(refusal);
        _store.Fault = null;
        await TakeAsync(refusal);
        Assert.Equal(1, _store.DenialsSaved);
    }

    /// <summary>Whatever a provider puts among the details of a status.</summary>
    [Fact]
    public async Task Take_RandomMutatedOrCutOffDetails_NeverThrows()
    {
        var random = new Random(20261122);
        byte[] good = Refuse(Sign(DenialReason.Paused)).GetRpcStatus()!.ToByteArray();
        for (int i = 0; i < Nightly.FuzzInputs; i++)
        {
            byte[] bytes = random.Next(4) switch { 0 => RandomBytes(random), 1 => good[..random.Next(good.Length)], _ => Mutate(good, random) };
            var trailers = new Metadata { { "grpc-status-details-bin", bytes } };
            var refusal = new RpcException(new Status(StatusCode.FailedPrecondition, "no"), trailers);
            if (i % 50 == 0) await TakeAsync(refusal);
            else _ = refusal.TryReadDenial();
        }
        // A detail of the right type whose content is none.
        var wrong = new Google.Rpc.Status { Code = 9, Details = { new Any { TypeUrl = "type.googleapis.com/ssashare.exchange.v1.Denial", Value = ByteString.CopyFrom(0xff, 0xff, 0xff) } } };
        Assert.Null(wrong.ToRpcException().TryReadDenial());
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
        return default;
    }

    private static byte[] RandomBytes(Random random)
    {
        byte[] bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        byte[] mutated = [.. bytes];
        for (int i = random.Next(1, 4); i > 0; i--) mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
        return mutated;
    }

    private static RpcException Refuse(SignedDocument denial) => new RpcException(new Status(StatusCode.FailedPrecondition, "no")).With(denial);

    private Task TakeAsync(RpcException refusal) => _denials.TakeAsync(refusal, Agreement, _pacific.Partner, CancellationToken.None);

    private SignedDocument Sign(DenialReason reason, Party? signer = null, AgreementId? agreement = null, PartnerId? receiver = null)
        => DenialDocument.Sign((signer ?? _pacific).Identity.SigningKey, agreement ?? Agreement, _pacific.Partner, receiver ?? _atlantic.Partner, reason, Utc.FromDateTime(_time.GetUtcNow()), null);
}
