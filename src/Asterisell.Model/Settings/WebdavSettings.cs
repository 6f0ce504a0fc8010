namespace Asterisell;

/// <summary>File exchange with resellers.</summary>
public sealed record WebdavSettings
{
    /// <summary>One account a reseller, each with a folder of its own.</summary>
    /// <remarks>Reached at <c>/admin/get-NAME/</c>; the old manual says <c>/get-NAME</c>.</remarks>
    [Setting(SettingEffect.Update, Legacy = "webdav_users")]
    public IReadOnlyList<WebAccount> Users { get; init; } = [];
}
