using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Node;
using SsaShare.Protocol;
using SsaShare.Protocol.Catalog.V1;

namespace SsaShare.FusionService;

/// <summary>Serves close approaches to partners, each as the reader that its certificate says.</summary>
internal sealed class ConjunctionGrpcService(ConjunctionReader conjunctions, ConjunctionCatalog catalog, ConjunctionChanges changes, IOptions<ScreeningSettings> settings, IHostApplicationLifetime lifetime) : ConjunctionService.ConjunctionServiceBase
{
    private const int PageSizeDefault = 100, PageSizeMax = 1_000, WatchedAtOnce = 500;

    public override Task<GetScreeningStatusResponse> GetScreeningStatus(GetScreeningStatusRequest request, ServerCallContext context)
        => Settled(conjunctions.AnswerAsync(Callers.Of(context).Partner, view =>
        {
            var response = new GetScreeningStatusResponse { ThresholdKm = settings.Value.ThresholdKm };
            if (view is null) return response;
            (response.CurrentAsOf, response.Start, response.End) = (catalog.CurrentAsOf?.ToWire(), view.Told.From.ToWire(), view.Told.Until.ToWire());
            response.OrbitCount = view.Told.Sources.Count;
            (response.UnscreenedOrbitCount, response.OutdatedOrbitCount) = view.CountUnscreened();
            return response;
        }, context.CancellationToken));

    public override async Task<ListConjunctionsResponse> ListConjunctions(ListConjunctionsRequest request, ServerCallContext context)
    {
        if (request.PageSize is < 0 or > PageSizeMax) throw Refusals.Invalid("page_size", $"must be 0 to {PageSizeMax}.");
        var filter = Read(request.Filter);
        ConjunctionPlace? after = request.PageToken.Length == 0 ? null
            : ConjunctionPlace.TryParse(request.PageToken, out var place) ? place
            : throw Refusals.Invalid("page_token", "is not one that this service gave.");
        int size = request.PageSize == 0 ? PageSizeDefault : request.PageSize;
        return await Settled(conjunctions.AnswerAsync(Callers.Of(context).Partner, view =>
        {
            var response = new ListConjunctionsResponse();
            if (view is null) return response;
            var page = ConjunctionPlace.PageAfter(after, view.Told.Conjunctions.Where(filter.Takes), size + 1);
            response.Conjunctions.AddRange(page.Take(size).Select(one => ToWire(view, one.One)));
            if (page.Count > size) response.NextPageToken = page[size - 1].Place.ToString();
            return response;
        }, context.CancellationToken));
    }

    public override async Task<GetConjunctionResponse> GetConjunction(GetConjunctionRequest request, ServerCallContext context)
    {
        if (!ConjunctionPlace.IsIdOrItsBeginning(request.ConjunctionId)) throw Refusals.Invalid("conjunction_id", $"must be {ConjunctionPlace.IdDigitsMin} to {ConjunctionPlace.IdDigits} hexadecimal digits.");
        var response = await Settled(conjunctions.AnswerAsync(Callers.Of(context).Partner, view =>
        {
            var named = view?.Told.Conjunctions.Where(one => one.Id.ToString().StartsWith(request.ConjunctionId, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
            if (named is not [var one]) return null;
            var answer = new GetConjunctionResponse { Conjunction = ToWire(view!, one) };
            answer.History.AddRange(one.History.Select(entry => entry.ToWire()));
            return answer;
        }, context.CancellationToken));
        return response ?? throw Refusals.NotFound($"There is no conjunction '{request.ConjunctionId}' of which you may see enough, or several begin so.");
    }

    public override async Task WatchConjunctions(WatchConjunctionsRequest request, IServerStreamWriter<WatchConjunctionsResponse> responseStream, ServerCallContext context)
    {
        if (request.Position.Length is not (0 or ConjunctionChanges.PositionBytes)) throw Refusals.Invalid("position", "is not one that this service gave.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await changes.WatchAsync(Callers.Of(context).Partner, Read(request.Filter), request.Position.Memory, Show,
                (change, token) => GiveAsync(change, responseStream, token), stop.Token);
        }
        catch (ViewUnsettledException)
        {
            throw Refusals.ViewUnsettled();
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Whoever watches comes again with the position that it has.
        }
    }

    private static async Task GiveAsync(ConjunctionChange<Conjunction> change, IServerStreamWriter<WatchConjunctionsResponse> stream, CancellationToken cancellationToken)
    {
        for (int i = 0; i == 0 || i < change.Changed.Count; i += WatchedAtOnce)
        {
            var answer = new WatchConjunctionsResponse { IsComplete = change.IsWhole && i == 0 };
            answer.Conjunctions.AddRange(change.Changed.Skip(i).Take(WatchedAtOnce));
            if (i == 0) answer.EndedConjunctionIds.AddRange(change.Ended);
            if (i + WatchedAtOnce >= change.Changed.Count) answer.Position = UnsafeByteOperations.UnsafeWrap(change.Position);
            await stream.WriteAsync(answer, cancellationToken);
        }
    }

    private static (Conjunction Shown, byte[] Bytes) Show(ConjunctionView view, BoardConjunction one)
    {
        var shown = ToWire(view, one);
        return (shown, shown.ToByteArray());
    }

    private static Conjunction ToWire(ConjunctionView view, BoardConjunction one)
        => one.ToWire(view.OriginatorOf, view.ManeuversOf(one).Select(notice => ConjunctionMapper.ToWire(notice.Tag.Value, notice.Originator, notice.Record, notice.Notice.Start)));

    private static ConjunctionSelection Read(ConjunctionFilter? filter)
    {
        if (filter is null) return new ConjunctionSelection("", 0, null, null, false);
        if (filter.Object.Length > 0 && !ConjunctionSelection.IsObject(filter.Object)) throw Refusals.Invalid("filter.object", "is neither a tag nor the id of an object.");
        if (filter.MinProbability is not (>= 0 and <= 1)) throw Refusals.Invalid("filter.min_probability", "must be 0 to 1.");
        return new ConjunctionSelection(filter.Object, filter.MinProbability, At(filter.From, "filter.from"), At(filter.Until, "filter.until"), filter.IncludesPast);
    }

    private static Epoch? At(Protocol.Common.V1.Epoch? wire, string field)
        => wire is null ? null : SpaceMapper.TryRead(wire, out var epoch) ? epoch : throw Refusals.Invalid(field, "is not an epoch in TAI.");

    private static async Task<T> Settled<T>(Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch (ViewUnsettledException)
        {
            throw Refusals.ViewUnsettled();
        }
    }
}
