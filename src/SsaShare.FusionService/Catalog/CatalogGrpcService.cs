using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Node;
using SsaShare.Protocol;
using SsaShare.Protocol.Catalog.V1;

namespace SsaShare.FusionService;

/// <summary>Serves the catalog to partners, each as the reader that its certificate says.</summary>
public sealed class CatalogGrpcService(CatalogReader catalog, ReaderViews views, FusionProgress progress) : CatalogService.CatalogServiceBase
{
    private const int PageSizeDefault = 100, PageSizeMax = 1_000;
    private const double FitDaysMax = 366;

    public override Task<GetCatalogStatusResponse> GetCatalogStatus(GetCatalogStatusRequest request, ServerCallContext context)
        => Task.FromResult(new GetCatalogStatusResponse
        {
            PendingRecordCount = views.Count(progress.InWork, Callers.Of(context).Partner),
            CurrentAsOf = progress.CurrentAsOf?.ToWire(),
        });

    public override async Task<CountUnassociatedResponse> CountUnassociated(CountUnassociatedRequest request, ServerCallContext context)
        => new() { ObservationCount = await Settled(catalog.CountUnassociatedAsync(Callers.Of(context).Partner, context.CancellationToken)) };

    public override async Task<ListObjectsResponse> ListObjects(ListObjectsRequest request, ServerCallContext context)
    {
        if (request.PageSize is < 0 or > PageSizeMax) throw Refusals.Invalid("page_size", $"must be 0 to {PageSizeMax}.");
        Guid? after = request.PageToken.Length == 0 ? null
            : Guid.TryParseExact(request.PageToken, "N", out var token) ? token
            : throw Refusals.Invalid("page_token", "is not one that this service gave.");
        int size = request.PageSize == 0 ? PageSizeDefault : request.PageSize;
        var page = await Settled(catalog.ListAsync(Callers.Of(context).Partner, after, size, context.CancellationToken));
        var response = new ListObjectsResponse();
        response.Objects.AddRange(page.Select(one => one.ToWire()));
        if (page.Count == size) response.NextPageToken = page[^1].Id.Value.ToString("N");
        return response;
    }

    public override async Task<GetObjectResponse> GetObject(GetObjectRequest request, ServerCallContext context)
        => new() { Object = (await Settled(catalog.FindAsync(Callers.Of(context).Partner, request.Object, context.CancellationToken)) ?? throw NoSuch(request.Object)).ToWire() };

    public override async Task<CheckPredictionResponse> CheckPrediction(CheckPredictionRequest request, ServerCallContext context)
    {
        if (!(request.FitDays is > 0 and <= FitDaysMax)) throw Refusals.Invalid("fit_days", $"must be above 0 and at most {FitDaysMax}.");
        PartnerId? only = request.OnlyPartnerId.Length == 0 ? null
            : PartnerId.TryParse(request.OnlyPartnerId, out var partner) ? partner
            : throw Refusals.Invalid("only_partner_id", "is not a partner id.");
        var (isThere, check) = await Settled(catalog.CheckAsync(Callers.Of(context).Partner, request.Object, request.FitDays, only, context.CancellationToken));
        if (!isThere) throw NoSuch(request.Object);
        return check?.ToWire() ?? throw Refusals.TooLittleData($"What you may see of the first {request.FitDays} days gives no orbit, or nothing comes after them.");
    }

    private static RpcException NoSuch(string idOrTag) => Refusals.NotFound($"There is no object '{idOrTag}' of which you may see enough, or several carry that tag.");

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
